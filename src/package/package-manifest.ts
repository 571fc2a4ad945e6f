// Reads the manifest inside a package.
import { sha256Hex } from '../core/digest.ts';
import { firstFew } from '../core/first-few.ts';
import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import { parseAnyManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import type { Archive } from './archive.ts';
import { misplacedFiles } from './layout.ts';
import { malformed } from './malformed.ts';
import { namedFiles } from './named-files.ts';

const maxBytes = 4 * 1024 * 1024;

/**
 * The manifest as JSON, unchecked; with `sha256`, only if the bytes have that digest.
 *
 * @throws {@link KitError} `CONTAINER_MALFORMED` when there is none or it is no JSON, `CONTENT_DIFFERS`.
 */
export async function readPackagedJson(archive: Archive, sha256?: string): Promise<unknown> {
  const entry = archive.find('manifest.json');
  if (entry === undefined) throw malformed(archive.path, 'has no manifest.json');
  const bytes = await archive.read(entry, maxBytes);
  if (sha256 !== undefined && sha256Hex(bytes) !== sha256)
    throw new KitError('CONTENT_DIFFERS', 'manifest.json changed while it was verified');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw malformed(archive.path, `has a manifest.json that ${jsonFault(Buffer.from(bytes).toString(), cause)}`);
  }
}

/**
 * The manifest, checked, with every file in a place that it allows and every file present that it cannot do without.
 *
 * @throws {@link KitError} `CONTAINER_MALFORMED` naming every bad field or file.
 */
export async function readPackagedManifest(archive: Archive, sha256?: string): Promise<Manifest> {
  const manifest = parsePackaged(await readPackagedJson(archive, sha256), archive.path);
  const names = archive.entries.map(({ name }) => name);
  const misplaced = misplacedFiles(names, manifest);
  if (misplaced.length > 0) throw malformed(archive.path, `holds files that have no place in a package: ${firstFew(misplaced)}`);
  const missing = namedFiles(manifest)
    .map(({ path }) => path)
    .filter((path) => !names.includes(path));
  if (missing.length > 0) throw malformed(archive.path, `does not hold what its manifest names: ${firstFew(missing)}`);
  return manifest;
}

function parsePackaged(value: unknown, path: string): Manifest {
  try {
    return parseAnyManifest(value, 'manifest.json');
  } catch (cause) {
    if (!(cause instanceof KitError)) throw cause;
    throw new KitError('CONTAINER_MALFORMED', cause.message, { cause, thing: path, hint: 'ask the maker of the package for a new one' });
  }
}
