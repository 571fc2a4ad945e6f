// Tells a reference that was made under other conditions, and one whose tolerance the plugin cannot keep.
import type { ExpectedScore } from './compare-values.ts';
import type { ExpectedCase } from './expected-results.ts';
import type { SubjectDigests } from './plugin-subject.ts';
import { type Limits, limitsOf, type ToleranceSources } from './tolerance.ts';

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

/** Tolerances below the spread that was measured when the reference was recorded: the plugin's own runs would break them by chance. */
export function spreadProblems({ provenance, ...entry }: ExpectedCase, sources: Omit<ToleranceSources, 'case'>): string[] {
  const { spread } = provenance ?? {};
  if (spread === undefined) return [];
  const tolerance = { ...sources, case: entry.tolerance };
  const allowed = {
    confidence: scoreAllowance(entry.confidence, limitsOf('confidence', tolerance)),
    anomaly_score: scoreAllowance(entry.anomaly_score, limitsOf('anomaly_score', tolerance)),
    anomaly_map: mapAllowance(entry.anomaly_map, limitsOf('anomaly_map', tolerance)),
  };
  return (['confidence', 'anomaly_score', 'anomaly_map'] as const).flatMap((output) =>
    allowed[output] >= spread[output]
      ? []
      : [`the tolerance of ${output}, ${allowed[output]}, is below ${spread[output]}, by which the plugin's own runs differed`],
  );
}

/** What a score may differ by, either way. */
function scoreAllowance(expected: ExpectedScore | undefined, limits: Limits<'anomaly_score'>): number {
  if (expected === undefined) return Number.POSITIVE_INFINITY;
  if (typeof expected === 'object' && 'min' in expected) return expected.max - expected.min;
  const { value, abs, rel } = typeof expected === 'number' ? { value: expected, abs: undefined, rel: undefined } : expected;
  return (abs ?? limits.abs.value) + (rel ?? limits.rel.value) * Math.abs(value);
}

/** The most any value of a map may differ by; without bound where some values may lie outside. */
function mapAllowance(map: ExpectedCase['anomaly_map'], limits: Limits<'anomaly_map'>): number {
  const { outside, window, atol_of_range: ofRange, rtol } = limits;
  if (map?.min === undefined || map.max === undefined || (outside.value > 0 && window.value >= 1)) return Number.POSITIVE_INFINITY;
  const range = map.max > map.min ? map.max - map.min : 1;
  return ofRange.value * range + rtol.value * Math.max(Math.abs(map.min), Math.abs(map.max));
}
