// Counts what was read of debug information: what was made to be endless is refused.

/** How much may still be read. */
export interface Work {
  /** Values that are gone over. */
  values: number;
  /** Values that abbreviations list, which are kept in memory. */
  listed: number;
}

/** More than the debug information of any plugin has. */
export function workOfOneFile(): Work {
  return { values: 40_000_000, listed: 1_000_000 };
}

/** Takes from what is left; a RangeError when nothing is. */
export function spend(work: Work, kind: keyof Work, amount: number): void {
  work[kind] -= amount;
  if (work[kind] < 0) throw new RangeError('the debug information is larger than any plugin has');
}
