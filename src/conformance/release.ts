// Reads what a release offered: from its package, or from its library alone.
import type { Binary } from '../binary/binary.ts';
import { ByteReader, MalformedBinary } from '../binary/byte-reader.ts';
import { readStructLayouts, type StructLayout, structLayoutsOf } from '../binary/dwarf/struct-layouts.ts';
import { readBinary, readBytes } from '../binary/read-binary.ts';
import { KitError } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';
import { structs } from '../harness/abi.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { readArchive } from '../package/archive.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';

const mostBytes = 512 * 1024 * 1024;
const structNames = Object.keys(structs);

/** One release of a plugin, read and never loaded. */
export interface Release {
  /** Undefined for a bare library. */
  readonly manifest: NativeManifest | undefined;
  readonly binary: Binary;
  /** Undefined where the library does not say. */
  readonly layouts: readonly StructLayout[] | undefined;
}

/**
 * Reads an earlier release: a `.mvapp`, whose library for `platform` is taken, or a library.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `PLUGIN_INVALID`, `CONTAINER_MALFORMED`; `PLATFORM_UNSUPPORTED` for a package without that platform.
 */
export async function readRelease(path: string, platform: PlatformKey): Promise<Release> {
  if (path.toLowerCase().endsWith('.mvapp')) return await fromPackage(path, platform);
  const binary = readBinary(path, platform);
  return { manifest: undefined, binary, layouts: layoutsOf(path, binary) };
}

/** How a library lays out the contract's structs. */
export function layoutsOf(path: string, binary: Binary): StructLayout[] | undefined {
  return readStructLayouts(path, binary, structNames);
}

async function fromPackage(path: string, platform: PlatformKey): Promise<Release> {
  const archive = await readArchive(path);
  try {
    const manifest = await readPackagedManifest(archive);
    const name = manifest.package_type === 'native' ? manifest.plugin.binaries[platform] : undefined;
    const entry = name === undefined ? undefined : archive.find(name);
    if (manifest.package_type !== 'native' || entry === undefined)
      throw new KitError('PLATFORM_UNSUPPORTED', `${path} has no library for ${platform}`, {
        hint: 'name a release for this platform, or its library',
      });
    const bytes = await archive.read(entry, mostBytes);
    const binary = parse(bytes, platform, `${path}, ${entry.name}`);
    return { manifest, binary, layouts: structLayoutsOf(bytes, binary, structNames) };
  } finally {
    await archive.close();
  }
}

function parse(bytes: Buffer, platform: PlatformKey, words: string): Binary {
  try {
    return readBytes(ByteReader.ofBytes(bytes), platform);
  } catch (cause) {
    if (!(cause instanceof MalformedBinary || cause instanceof RangeError)) throw cause;
    throw new KitError('PLUGIN_INVALID', `${words} is not a usable library: ${cause.message}`, { cause, hint: 'name another release' });
  }
}
