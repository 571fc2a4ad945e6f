// Looks into the libraries of a plugin for what the field host binds as it loads them.
import { ByteReader, MalformedBinary } from '../binary/byte-reader.ts';
import { readBytes } from '../binary/read-binary.ts';
import { isPlatformKey } from '../core/platform.ts';
import type { ManifestProblem } from '../manifest/check-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';

/** Optional in the contract, bound there whatever comes. */
const bound = 'mvas_get_error';

/** Libraries that do not load there; those that are not there yet, or are none, are for others to judge. */
export async function fieldLibraryProblems(manifest: Manifest, read: (name: string) => Promise<Buffer>): Promise<ManifestProblem[]> {
  if (manifest.package_type !== 'native') return [];
  const problems: ManifestProblem[] = [];
  for (const [key, path] of Object.entries(manifest.plugin.binaries)) {
    const bytes = await read(path).catch(() => undefined);
    if (bytes === undefined || !isPlatformKey(key) || exportsBound(bytes, key) !== false) continue;
    problems.push({ severity: 'error', pointer: `/plugin/binaries/${key}`, rule: `must export ${bound} for the field host`, value: path });
  }
  return problems;
}

/** undefined where the bytes are no library. */
function exportsBound(bytes: Buffer, key: Parameters<typeof readBytes>[1]): boolean | undefined {
  try {
    return readBytes(ByteReader.ofBytes(bytes), key).exports.some(({ name }) => name === bound);
  } catch (error) {
    if (error instanceof MalformedBinary || error instanceof RangeError) return undefined;
    throw error;
  }
}
