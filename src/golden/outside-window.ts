// Finds the 16×16 window of a grid that holds most marked places.

const side = 16;

/**
 * Counts marks in every 16×16 window of a grid, row after row, 1 for a marked place; smaller grids are one window.
 * Returns the largest count.
 */
export function fullestWindow(marks: Uint8Array, width: number, height: number): number {
  if (!marks.includes(1)) return 0; // as a rule: a large picture is walked at the speed of memory
  const across = Math.min(side, width);
  const down = Math.min(side, height);
  const columns = new Int32Array(width); // marks in each column of the window's rows
  let fullest = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const gone = row >= down ? (marks[(row - down) * width + column] ?? 0) : 0;
      columns[column] = (columns[column] ?? 0) + (marks[row * width + column] ?? 0) - gone;
    }
    if (row >= down - 1) fullest = Math.max(fullest, fullestRun(columns, across));
  }
  return fullest;
}

/** How many places are marked. */
export function countMarks(marks: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) count += marks[at] ?? 0;
  return count;
}

function fullestRun(counts: Int32Array, length: number): number {
  let sum = 0;
  let fullest = 0;
  for (let at = 0; at < counts.length; at += 1) {
    sum += (counts[at] ?? 0) - (at >= length ? (counts[at - length] ?? 0) : 0);
    if (sum > fullest) fullest = sum;
  }
  return fullest;
}
