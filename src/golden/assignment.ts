// Pairs rows with columns optimally: as many pairs as possible, and of those the cheapest set.

/** A pair that is allowed, and what it costs (0 or more). */
export interface Candidate {
  readonly row: number;
  readonly column: number;
  readonly cost: number;
}

/** The optimal one-to-one choice among the candidates: most pairs first, then least total cost. Exact (Hungarian method). */
export function assign(candidates: readonly Candidate[]): Candidate[] {
  return components(candidates).flatMap(assignComponent);
}

/** Splits the candidates into groups that share no row or column: boxes far apart are decided apart. */
function components(candidates: readonly Candidate[]): Candidate[][] {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    while ((parent.get(root) ?? root) !== root) root = parent.get(root) ?? root;
    parent.set(name, root);
    return root;
  };
  for (const { row, column } of candidates) parent.set(find(`row ${row}`), find(`column ${column}`));
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const root = find(`row ${candidate.row}`);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}

function assignComponent(candidates: readonly Candidate[]): Candidate[] {
  const rows = [...new Set(candidates.map(({ row }) => row))];
  const columns = [...new Set(candidates.map(({ column }) => column))];
  // leaving one pair out must cost more than all pairs together
  const forbidden = 1 + candidates.reduce((sum, { cost }) => sum + cost, 0);
  const size = Math.max(rows.length, columns.length);
  const costs = Array.from({ length: size }, () => new Float64Array(size).fill(forbidden));
  const allowed = new Map<number, Candidate>();
  const rowAt = new Map(rows.map((row, at) => [row, at]));
  const columnAt = new Map(columns.map((column, at) => [column, at]));
  for (const candidate of candidates) {
    const [row, column] = [rowAt.get(candidate.row) ?? 0, columnAt.get(candidate.column) ?? 0];
    costs[row]?.fill(candidate.cost, column, column + 1);
    allowed.set(row * size + column, candidate);
  }
  return hungarian(costs).flatMap((column, row) => allowed.get(row * size + column) ?? []);
}

/** The column of each row in a cheapest full assignment of a square matrix, in O(n³), by shortest augmenting paths. */
function hungarian(costs: readonly Float64Array[]): number[] {
  const size = costs.length;
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1); // 1-based row in each column, 0 = free; column 0 holds the row being placed
  for (let row = 1; row <= size; row += 1) {
    rowOf[0] = row;
    augment(costs, rowPotential, columnPotential, rowOf);
  }
  const columnOf = new Array<number>(size).fill(0);
  for (let column = 1; column <= size; column += 1) columnOf[at(rowOf, column) - 1] = column - 1;
  return columnOf;
}

/** Places the row that waits in column 0 along the cheapest path to a free column. */
function augment(costs: readonly Float64Array[], rowPotential: Float64Array, columnPotential: Float64Array, rowOf: Int32Array): void {
  const size = costs.length;
  const slack = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(size + 1);
  const used = new Uint8Array(size + 1);
  let column = 0;
  do {
    used[column] = 1;
    const row = at(rowOf, column);
    const [next, delta] = nearest(costs[row - 1], at(rowPotential, row), columnPotential, { slack, before, used, column });
    for (let other = 0; other <= size; other += 1) {
      if (used[other] === 1) {
        rowPotential[at(rowOf, other)] = at(rowPotential, at(rowOf, other)) + delta;
        columnPotential[other] = at(columnPotential, other) - delta;
      } else slack[other] = at(slack, other) - delta;
    }
    column = next;
  } while (rowOf[column] !== 0);
  for (; column !== 0; column = at(before, column)) rowOf[column] = at(rowOf, at(before, column));
}

interface Search {
  readonly slack: Float64Array;
  readonly before: Int32Array;
  readonly used: Uint8Array;
  readonly column: number;
}

/** Relaxes the free columns from the present one and returns the nearest with its distance. */
function nearest(line: Float64Array | undefined, potential: number, columnPotential: Float64Array, search: Search): [number, number] {
  const { slack, before, used, column } = search;
  let best = 0;
  let delta = Number.POSITIVE_INFINITY;
  for (let other = 1; other < slack.length; other += 1) {
    if (used[other] === 1) continue;
    const reduced = (line?.[other - 1] ?? 0) - potential - at(columnPotential, other);
    if (reduced < at(slack, other)) {
      slack[other] = reduced;
      before[other] = column;
    }
    if (at(slack, other) < delta) {
      delta = at(slack, other);
      best = other;
    }
  }
  return [best, delta];
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] ?? 0;
}
