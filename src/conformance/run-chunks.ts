// A check without an end: pieces with seeds of their own, one after the other in several lanes, until the time is over or one fails.
import { performance } from 'node:perf_hooks';
import type { Outcome } from './judge.ts';

/** How long, or which piece alone. */
export interface LongSettings {
  /** Default one minute. */
  readonly forMs?: number | undefined;
  /** Makes this one again. */
  readonly chunk?: number | undefined;
}

/** What came out, and of which piece where it is a fault. */
export interface LongOutcome {
  readonly outcome: Outcome;
  readonly chunk?: number;
}

const usualMs = 60_000;

/** Of several pieces that fail, the first counts: it is the same for any number of lanes. */
export async function runChunks(
  make: (chunk: number) => Promise<Outcome>,
  { forMs = usualMs, chunk: only }: LongSettings,
  lanes: number,
): Promise<LongOutcome> {
  if (only !== undefined) return told(only, await make(only));
  const end = performance.now() + forMs;
  const failed: LongOutcome[] = [];
  let next = 0;
  const work = async () => {
    do {
      const chunk = next++;
      const outcome = await make(chunk);
      if (!isClean(outcome)) failed.push(told(chunk, outcome));
    } while (failed.length === 0 && performance.now() < end);
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, work));
  const [first] = failed.sort((a, b) => (a.chunk ?? 0) - (b.chunk ?? 0));
  return first ?? { outcome: [{ message: `${next} pieces were made, none of them failed`, severity: 'info' }] };
}

function isClean(outcome: Outcome): boolean {
  return Array.isArray(outcome) && outcome.length === 0;
}

function told(chunk: number, outcome: Outcome): LongOutcome {
  if ('death' in outcome) return { chunk, outcome: { ...outcome, message: `piece ${chunk}: ${outcome.message}` } };
  if ('broken' in outcome || 'skip' in outcome) return { chunk, outcome };
  return { chunk, outcome: outcome.map((finding) => ({ ...finding, message: `piece ${chunk}: ${finding.message}` })) };
}
