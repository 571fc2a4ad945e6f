// Bounds what a check spends: quick plugins are tried with everything, slow ones with what matters most.
import { performance } from 'node:perf_hooks';
import type { ProcessProbes } from '../harness/process-probes.ts';

const cpuBudgetMs = 20;
/** A quick plugin is tried with everything on a slow machine too: it takes a quarter of this. */
const perCaseMs = 2;
/** For plugins that wait rather than compute. */
const longestMs = 5000;

/**
 * The first `least` cases in any case, further ones as long as CPU time is left; so put what finds most first. A machine that
 * is busy with other things changes nothing, and nothing is judged by the time.
 */
export function* within<T>(process: ProcessProbes, cases: Iterable<T>, least: number): Generator<T> {
  const start = performance.now();
  let [made, spentMs] = [0, 0];
  for (const one of cases) {
    if (made >= least && (spentMs > cpuBudgetMs + perCaseMs * made || performance.now() - start > longestMs)) return;
    const before = process.cpuTimeMs();
    yield one;
    spentMs += process.cpuTimeMs() - before; // without what it takes to draw the next case
    made++;
  }
}
