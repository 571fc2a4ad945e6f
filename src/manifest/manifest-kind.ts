// Tells what kind of manifest a file is, before any of its fields is judged.
import coerce from 'semver/functions/coerce.js';

/** The kinds of manifests. */
export type ManifestKind = 'native' | 'pipeline' | 'script' | 'v1';

/**
 * The kind: version 1 by its number or, without one, by its sections; else as `package_type` says, or by the section that only one kind has.
 * What is no manifest at all is judged as a native one.
 */
export function manifestKind(value: unknown): ManifestKind {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'native';
  if (isVersion1(value)) return 'v1';
  const kind = 'package_type' in value ? value.package_type : undefined;
  if (kind === 'pipeline' || kind === 'script') return kind;
  if (kind === undefined && !('plugin' in value)) {
    if ('pipeline' in value) return 'pipeline';
    if ('models' in value) return 'script';
  }
  return 'native';
}

/** Versions are compared as versions: as texts, "10.0" would be below "2.0". */
function isVersion1(value: object): boolean {
  if (!('manifest_version' in value)) return !('plugin' in value) && ['model', 'input', 'output'].some((section) => section in value);
  const version = typeof value.manifest_version === 'string' ? coerce(value.manifest_version) : null;
  return version !== null && version.major < 2;
}
