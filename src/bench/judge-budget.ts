// Holds a measurement against its limits, one line a limit.
import type { BaselineLimits } from './baseline.ts';
import type { Budget } from './budget.ts';
import { type Interval, shareInterval } from './intervals.ts';
import { type LatencyStats, neededSamples } from './percentiles.ts';
import { replayTakt, type TaktReplay } from './takt.ts';

/** A limit and whether it holds; null when there were too few samples to say. */
export interface BudgetLine {
  readonly limit: keyof Omit<Budget, 'image'> | 'median_ms';
  /** Who set it. */
  readonly from: 'benchmark.json' | 'performance.baseline';
  readonly allowed: number;
  readonly value: number | null;
  /** Where the true value lies 95 times of 100; null where so few samples do not tell. */
  readonly interval: Interval;
  readonly samples: number;
  readonly ok: boolean | null;
  readonly note?: string;
}

/** What a budget is held against. */
export interface Measured {
  readonly wallMs: readonly number[];
  readonly latency: LatencyStats;
  readonly throughputFps: number;
  /** Load and init together, of each process that was started. */
  readonly readyMs: readonly number[];
  readonly memoryMb: number;
  /** A run with real triggers, if there was one. */
  readonly takt?: TaktReplay | undefined;
}

/** Samples without which some limit of a budget cannot be judged. */
export function samplesFor(budget: Budget, baseline?: BaselineLimits): number {
  const promised = baseline === undefined || baseline.skipped !== undefined ? [] : [baseline.median_ms, baseline.throughput_fps];
  const tails = [budget.p99_ms, budget.takt_ms];
  const means = [budget.throughput_fps, ...promised];
  if (tails.some((limit) => limit !== undefined)) return neededSamples.p99;
  return means.some((limit) => limit !== undefined) ? neededSamples.p90 : 1;
}

/** Every limit of a budget, and of a promise that is judged here. */
export function judgeBudget(budget: Budget, measured: Measured, baseline?: BaselineLimits): BudgetLine[] {
  const own = Object.entries(budget).flatMap(([limit, allowed]) =>
    typeof allowed === 'number' ? [judgeLimit(limit as BudgetLine['limit'], allowed, 'benchmark.json', measured)] : [],
  );
  if (baseline === undefined || baseline.skipped !== undefined) return own;
  const { skipped: _, ...limits } = baseline;
  const promised = Object.entries(limits).map(([limit, allowed]) =>
    judgeLimit(limit as BudgetLine['limit'], allowed, 'performance.baseline', measured),
  );
  return [...own, ...promised];
}

interface Figure {
  readonly value: number;
  readonly interval: Interval;
  readonly samples: number;
  /** Fewer do not tell. */
  readonly needed: number;
  readonly note?: string;
}

function judgeLimit(limit: BudgetLine['limit'], allowed: number, from: BudgetLine['from'], measured: Measured): BudgetLine {
  const { value, interval, samples, needed, note } = figures[limit](measured, allowed);
  if (samples < needed)
    return {
      limit,
      from,
      allowed,
      value: null,
      interval: [null, null],
      samples,
      ok: null,
      note: `${needed} samples needed, ${samples} measured`,
    };
  const ok = limit === 'throughput_fps' ? value >= allowed : value <= allowed;
  return { limit, from, allowed, value, interval, samples, ok, ...(note === undefined ? {} : { note }) };
}

const figures: Readonly<Record<BudgetLine['limit'], (measured: Measured, allowed: number) => Figure>> = {
  median_ms: ({ latency }) => ({
    value: latency.median,
    interval: latency.interval.median,
    samples: latency.samples,
    needed: neededSamples.p90,
  }),
  p99_ms: ({ latency }) => ({
    value: latency.p99 ?? Number.NaN,
    interval: latency.interval.p99,
    samples: latency.samples,
    needed: neededSamples.p99,
  }),
  takt_ms: taktFigure,
  throughput_fps: ({ throughputFps, latency }) => {
    const [low, high] = latency.interval.mean;
    const interval = [high === null ? null : 1000 / high, low === null ? null : 1000 / low] as const;
    return { value: throughputFps, interval, samples: latency.samples, needed: neededSamples.p90 };
  },
  load_ms: ({ readyMs }) => {
    const sorted = readyMs.toSorted((a, b) => a - b);
    const range = sorted.length > 1 ? ([sorted[0] ?? null, sorted.at(-1) ?? null] as const) : ([null, null] as const);
    return {
      value: sorted[sorted.length >> 1] ?? Number.NaN,
      interval: range,
      samples: sorted.length,
      needed: 1,
      note: 'median of fresh processes',
    };
  },
  memory_mb: ({ memoryMb }) => ({ value: memoryMb, interval: [null, null], samples: 1, needed: 1 }),
};

function taktFigure({ wallMs, takt }: Measured, allowed: number): Figure {
  const isReal = takt?.taktMs === allowed;
  const { parts, missed, worstMs } = isReal ? takt : replayTakt(wallMs, allowed);
  const [low, high] = shareInterval(missed, parts);
  const share = missed === 0 ? `at most ${percent(high)}` : `${percent(low)} to ${percent(high)}`;
  const note = `${missed} of ${parts} parts late (${share} of all), ${isReal ? 'with real triggers' : 'replayed'}`;
  return { value: worstMs, interval: [null, null], samples: parts, needed: neededSamples.p99, note };
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}
