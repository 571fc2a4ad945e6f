// Whether a figure of a long run grows: its slope, how well that is known, and whether it is growth all the way.
import { median } from './averages.ts';
import type { Interval } from './intervals.ts';

/** What readings over time say. */
export interface Trend {
  /** Growth per hour, in the figure's unit. */
  readonly perHour: number;
  /** The true slope lies in here 99 times of 100; null where so few readings do not tell. */
  readonly interval: Interval;
  /** Growth over the settled part of the run. */
  readonly growth: number;
  readonly verdict: 'grows' | 'steady' | 'too short';
}

const z99 = 2.576;
/** The first quarter is not judged: caches fill, pools grow to their size. */
const settling = 0.25;
const leastReadings = 12;
/** Readings next to each other resemble each other: medians of so many groups of them are judged. */
const groups = 24;

/**
 * Judges readings at `timesMs`; growth of less than `least` in all is called steady. What grows does so in each third of the settled
 * part: a single step, such as a pool that was enlarged once, is no leak.
 */
export function judgeTrend(timesMs: readonly number[], values: readonly number[], least: number): Trend {
  const last = timesMs.at(-1) ?? 0;
  const from = timesMs.findIndex((time) => time >= last * settling);
  const points = grouped(timesMs.slice(from), values.slice(from));
  if (points.length < leastReadings) return { perHour: 0, interval: [null, null], growth: 0, verdict: 'too short' };
  const slopes = pairSlopes(points);
  const perMs = median(slopes);
  const reach = Math.round((z99 * Math.sqrt(kendallVariance(points.length))) / 2);
  const middle = slopes.length / 2;
  const low = slopes[Math.max(0, Math.floor(middle - reach))] ?? perMs;
  const high = slopes[Math.min(slopes.length - 1, Math.ceil(middle + reach))] ?? perMs;
  const growth = perMs * (last - (timesMs[from] ?? 0));
  const grows = low > 0 && growth >= least && risesThroughout(points);
  return { perHour: perMs * 3.6e6, interval: [low * 3.6e6, high * 3.6e6], growth, verdict: grows ? 'grows' : 'steady' };
}

interface Point {
  readonly time: number;
  readonly value: number;
}

function grouped(times: readonly number[], values: readonly number[]): Point[] {
  const count = Math.min(groups, times.length);
  return Array.from({ length: count }, (_, group) => {
    const from = Math.floor((group * times.length) / count);
    const to = Math.floor(((group + 1) * times.length) / count);
    return { time: median(times.slice(from, to)), value: median(values.slice(from, to)) };
  });
}

/** Slopes of all pairs, ascending: their median is Theil and Sen's estimate. */
function pairSlopes(points: readonly Point[]): number[] {
  const slopes: number[] = [];
  for (const [at, a] of points.entries()) for (const b of points.slice(at + 1)) slopes.push((b.value - a.value) / (b.time - a.time));
  return slopes.sort((a, b) => a - b);
}

/** Variance of Kendall's S of so many points without a trend. */
function kendallVariance(count: number): number {
  return (count * (count - 1) * (2 * count + 5)) / 18;
}

/** Growth goes on in each half: a fifth of it at the least. */
function risesThroughout(points: readonly Point[]): boolean {
  const third = Math.floor(points.length / 3);
  const levels = [0, third, points.length - third].map((from) => median(points.slice(from, from + third).map(({ value }) => value)));
  const [first = 0, second = 0, last = 0] = levels;
  const least = (last - first) / 5;
  return second - first >= least && last - second >= least;
}
