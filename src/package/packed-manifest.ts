// The manifest as it goes into a package: only the platforms that are packed, package_type always there, one spelling of the bytes.
import { KitError } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';

type Json = Record<string, unknown>;

/** Maps of the manifest that are keyed by platform. */
const platformMaps = [
  ['plugin', 'binaries'],
  ['plugin', 'dependencies'],
  ['plugin', 'model', 'engines'],
] as const;

/**
 * Reduces a written manifest to some platforms.
 *
 * @throws {@link KitError} `FLAG_INVALID` for a platform for which the manifest names no binary.
 */
export function packedManifest(written: unknown, platforms: readonly PlatformKey[] | undefined): Json {
  const manifest = { ...(written as Json), package_type: 'native' };
  if (platforms === undefined) return manifest;
  const binaries = Object.keys(at(manifest, ['plugin', 'binaries']) ?? {});
  const missing = platforms.filter((key) => !binaries.includes(key));
  if (missing.length > 0) {
    throw new KitError('FLAG_INVALID', `the manifest names no binary for ${missing.join(', ')}`, {
      hint: `it names ${binaries.join(', ')}`,
    });
  }
  return platformMaps.reduce<Json>((json, path) => reduced(json, path, platforms), manifest);
}

/** The bytes of a manifest: two spaces, one line feed, whatever the author's editor made of them. */
export function manifestBytes(manifest: Json): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

function at(json: Json, path: readonly string[]): Json | undefined {
  return path.reduce<unknown>((value, key) => (value as Json | undefined)?.[key], json) as Json | undefined;
}

function reduced(json: Json, [key, ...rest]: readonly string[], platforms: readonly PlatformKey[]): Json {
  if (key === undefined)
    return Object.fromEntries(Object.entries(json).filter(([name]) => platforms.some((platform) => platform === name)));
  const child = json[key] as Json | undefined;
  return child === undefined ? json : { ...json, [key]: reduced(child, rest, platforms) };
}
