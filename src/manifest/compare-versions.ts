// Compares versions of apps by the rules of semver.
import compare from 'semver/functions/compare.js';
import diff from 'semver/functions/diff.js';
import major from 'semver/functions/major.js';

/** How far a version is from an earlier one. */
export type VersionStep = 'lower' | 'same' | 'patch' | 'minor' | 'major';

/** From one version to the next; below 1.0.0 a minor step may break as a major one does. */
export function versionStep(from: string, to: string): VersionStep {
  const order = compare(to, from);
  if (order < 0) return 'lower';
  if (order === 0) return 'same';
  const kind = diff(from, to) ?? 'patch';
  if (kind.endsWith('major')) return 'major';
  if (!kind.endsWith('minor')) return 'patch';
  return major(to) === 0 ? 'major' : 'minor';
}
