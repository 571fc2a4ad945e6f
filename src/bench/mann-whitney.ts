// The Mann-Whitney test, for groups that took turns and for groups apart: how often they would differ so much if they came from one source.
import { mulberry32 } from '../core/mulberry32.ts';

const shuffles = 4000;

/**
 * Two-sided p of rounds, each given as the logarithm of its ratio, so that the pace of the machine in that round is taken out: the
 * statistic counts in how many pairs a value of one group exceeds one of the other. What it would be without a difference is found by
 * swapping the two values of rounds at random; that stays right when the machine's pace drifts, where the textbook's variance does not.
 */
export function mannWhitney(logRatios: readonly number[]): number {
  const differing = logRatios.filter((value) => value !== 0);
  const weights = pairsWon(differing);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  const seen = Math.abs(differing.reduce((sum, value, at) => sum + (value > 0 ? (weights[at] ?? 0) : 0), 0) - half);
  const next = mulberry32(logRatios.length);
  let asFar = 1;
  for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
    let won = 0;
    for (const weight of weights) if (next() < 2 ** 31) won += weight;
    if (Math.abs(won - half) >= seen - 1e-9) asFar += 1;
  }
  return asFar / (shuffles + 1);
}

/** How many pairs a round decides: those with every round whose difference is smaller, both ways round, and the one with itself. */
function pairsWon(values: readonly number[]): number[] {
  const sizes = values.map(Math.abs);
  return sizes.map((size) => sizes.reduce((sum, other) => sum + (other < size ? 2 : other === size ? 1 : 0), 0));
}

/** Two-sided p of two groups that have nothing to do with each other, found by dealing all values out again at random. */
export function mannWhitneyApart(former: readonly number[], later: readonly number[]): number {
  const won = (all: readonly number[]): number => pairsAbove(all.slice(0, former.length), all.slice(former.length));
  const half = (former.length * later.length) / 2;
  const dealt = [...former, ...later];
  const seen = Math.abs(won(dealt) - half);
  const next = mulberry32(dealt.length);
  let asFar = 1;
  for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
    for (let at = dealt.length - 1; at > 0; at -= 1) {
      const other = Math.floor((next() / 2 ** 32) * (at + 1));
      [dealt[at], dealt[other]] = [dealt[other] ?? 0, dealt[at] ?? 0];
    }
    if (Math.abs(won(dealt) - half) >= seen - 1e-9) asFar += 1;
  }
  return asFar / (shuffles + 1);
}

/** In how many pairs the second is larger, ties half. */
function pairsAbove(former: readonly number[], later: readonly number[]): number {
  let sum = 0;
  for (const one of former) for (const other of later) sum += other > one ? 1 : other === one ? 0.5 : 0;
  return sum;
}
