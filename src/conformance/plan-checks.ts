// In which order checks are begun, and which of them together.
import type { Check, JoiningCheck } from './check.ts';

/** So many checks use one start of the plugin: with more, one core would be busy with them while others have nothing left to do. */
const mostJoined = 8;

/** Checks that are made in one start of the plugin where that shows that all is well, or a single one. */
export type Unit<C extends Check = Check> = readonly JoiningCheck[] | C;

/** Checks in the order in which they are begun. */
export interface Plan<C extends Check> {
  /**
   * Those that want nothing readied. What starts processes takes ten times as long as what is made in copies: begun last, it would run on with
   * nothing beside it.
   */
  readonly first: readonly C[];
  readonly others: readonly C[];
}

/** Says which are begun first. */
export function planChecks<C extends Check>(checks: readonly C[]): Plan<C> {
  const first = checks.filter((check) => rank(check) < lastRank).toSorted((left, right) => rank(left) - rank(right));
  return { first, others: checks.filter((check) => rank(check) === lastRank) };
}

/** Puts those together that `joins` allows; they come first, as each unit takes longer than a single check. */
export function joinChecks<C extends Check>(checks: readonly C[], joins: (check: JoiningCheck) => boolean): Unit<C>[] {
  const joining = (checks as readonly Check[]).filter(isJoining).filter(joins);
  const joined = [...chunksOf(joining.filter(isLooking)), ...chunksOf(joining.filter((check) => !isLooking(check)))];
  const together = new Set<Check>(joined.flat());
  return [...joined, ...checks.filter((check) => !together.has(check))];
}

/** Of what may wait until libraries are ready. */
const lastRank = 3;

function rank(check: Check): number {
  if ('env' in check) return 0;
  if (check.isolation === 'repeated' && check.processes !== 'copied') return 1;
  return 'untouched' in check || 'measures' in check ? 2 : lastRank;
}

function isJoining(check: Check): check is JoiningCheck {
  return isLooking(check) || ('joins' in check && check.joins === true);
}

function isLooking({ isolation }: Check): boolean {
  return isolation === 'results';
}

/** Pieces of nearly the same length, none of a single one. */
function chunksOf<T>(all: readonly T[]): T[][] {
  const pieces = Math.ceil(all.length / mostJoined);
  const length = Math.ceil(all.length / pieces);
  const chunks = Array.from({ length: pieces }, (_, at) => all.slice(at * length, (at + 1) * length));
  return chunks.filter((chunk) => chunk.length > 1);
}
