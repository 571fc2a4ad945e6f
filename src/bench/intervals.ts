// How well a figure is known: intervals that hold the true value 95 times of 100.
import { mean } from './averages.ts';

/** Lower and upper end; null where so few samples do not tell. */
export type Interval = readonly [low: number | null, high: number | null];

const z95 = 1.96;
const batches = 20;
/** Student's t for 19 degrees of freedom. */
const t95 = 2.093;

/** Interval of a quantile, from the ranks alone: it assumes nothing about how latencies are spread. `sorted` ascends. */
export function quantileInterval(sorted: ArrayLike<number>, share: number): Interval {
  const middle = sorted.length * share;
  const reach = z95 * Math.sqrt(middle * (1 - share));
  const [low, high] = [Math.floor(middle - reach), Math.ceil(middle + reach) + 1];
  return [low >= 1 ? (sorted[low - 1] ?? null) : null, high <= sorted.length ? (sorted[high - 1] ?? null) : null];
}

/** Interval of the mean, from the means of twenty stretches in a row: neighbouring inspections resemble each other. */
export function meanInterval(values: readonly number[]): Interval {
  if (values.length < 2 * batches) return [null, null];
  const means = Array.from({ length: batches }, (_, batch) => {
    const from = Math.floor((batch * values.length) / batches);
    const to = Math.floor(((batch + 1) * values.length) / batches);
    return mean(values.slice(from, to));
  });
  return ofTwenty(means);
}

/** Interval of the mean of twenty values that do not depend on each other. */
export function ofTwenty(values: readonly number[]): readonly [low: number, high: number] {
  const centre = mean(values);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (batches - 1));
  const reach = (t95 * spread) / Math.sqrt(batches);
  return [centre - reach, centre + reach];
}

/** Interval of a share, `hits` of `count`, after Wilson: none of 662 still leaves room for 0.6 %. */
export function shareInterval(hits: number, count: number): readonly [low: number, high: number] {
  const share = hits / count;
  const square = z95 ** 2 / count;
  const centre = (share + square / 2) / (1 + square);
  const reach = (z95 / (1 + square)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return [hits === 0 ? 0 : Math.max(0, centre - reach), hits === count ? 1 : Math.min(1, centre + reach)];
}
