// A plugin that dies early dies in nearly every check: the first deaths are told in full, the others of the same kind in one place.
import type { CheckReport } from '../../conformance/report-schema.ts';

/** Checks that ended as others did before them. */
export interface SameDeaths {
  /** What happened, such as "the plugin crashed (SIGSEGV) in mvas_infer". */
  readonly what: string;
  readonly ids: readonly string[];
}

const toldInFull = 3;
const deaths: ReadonlySet<string> = new Set(['crash', 'hang', 'exited'] satisfies CheckReport['status'][]);

/** Parts checks into those to be told in full, in their order, and those that ended like three others before: by the ending and the function called. */
export function foldDeaths<Check extends Pick<CheckReport, 'id' | 'status' | 'findings'>>(
  checks: readonly Check[],
): { readonly full: readonly Check[]; readonly folded: readonly SameDeaths[] } {
  const seen = new Map<string, string[]>();
  const full = checks.filter(({ id, status, findings }) => {
    const what = findings.length === 1 && deaths.has(status) ? findings[0]?.message.split(/, call \d+|; it wrote: /)[0] : undefined;
    if (what === undefined) return true;
    const ids = seen.get(what) ?? [];
    seen.set(what, [...ids, id]);
    return ids.length < toldInFull;
  });
  const folded = [...seen].map(([what, ids]) => ({ what, ids: ids.slice(toldInFull) })).filter(({ ids }) => ids.length > 0);
  return { full, folded };
}
