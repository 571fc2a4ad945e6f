// Tells a reference that was made under other conditions, and one whose tolerance the plugin cannot keep.
import type { ExpectedCase } from './expected-results.ts';
import type { SubjectDigests } from './plugin-subject.ts';
import { limitsOf, type Tolerance } from './tolerance.ts';

/** What changed since a reference was recorded: model, configuration, picture. A rebuilt plugin changes nothing. */
export function staleness({ provenance }: ExpectedCase, digests: SubjectDigests, image: string): string[] {
  if (provenance === undefined) return [];
  const changed = [
    provenance.model !== digests.model ? 'model' : undefined,
    provenance.config !== digests.config ? 'configuration' : undefined,
    provenance.image !== image ? 'picture' : undefined,
  ];
  return changed.flatMap((what) => (what === undefined ? [] : [`the ${what} changed since the reference was recorded`]));
}

/** Tolerances of scores below the spread that was measured when the reference was recorded. */
export function spreadProblems({ provenance, tolerance, ...entry }: ExpectedCase, suite: Tolerance | undefined): string[] {
  const { spread } = provenance ?? {};
  if (spread === undefined) return [];
  return (['confidence', 'anomaly_score'] as const).flatMap((output) => {
    const expected = entry[output];
    if (typeof expected !== 'number') return [];
    const { abs, rel } = limitsOf(output, tolerance, suite);
    const allowed = abs.value + rel.value * Math.abs(expected);
    return allowed >= spread[output]
      ? []
      : [`the tolerance of ${output}, ${allowed}, is below ${spread[output]}, by which the plugin's own runs differed`];
  });
}
