// The Mann-Whitney test: how often two groups of samples would differ so much if they came from one source.

/** Two-sided p of groups that may have ties; by the normal approximation with continuity correction, good from eight a side on. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const ranked = rank([...a, ...b]);
  const total = a.length + b.length;
  const sum = ranked.ranks.slice(0, a.length).reduce((sum, one) => sum + one, 0);
  const u = sum - (a.length * (a.length + 1)) / 2;
  const expected = (a.length * b.length) / 2;
  const variance = ((a.length * b.length) / 12) * (total + 1 - ranked.ties / (total * (total - 1)));
  if (variance <= 0) return 1;
  const z = Math.max(0, Math.abs(u - expected) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

/** Ranks from 1, equal values sharing theirs, and the correction for ties. */
function rank(values: readonly number[]): { ranks: number[]; ties: number } {
  const order = values.map((value, index) => ({ value, index })).sort((x, y) => x.value - y.value);
  const ranks = new Array<number>(values.length);
  let ties = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    const size = to - from;
    ties += size ** 3 - size;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
  }
  return { ranks, ties };
}

/** Probability that a standard normal value exceeds z >= 0, by a polynomial for erfc (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 0.5 * series * Math.exp(-x * x);
}
