// How reports say that somebody chose not to make a check: trust policies refuse such reports.

/** The reason for a check that a flag left out. */
export function leftOutBy(flag: '--only' | '--skip'): string {
  return `left out by ${flag}`;
}

/** Whether a check was left out by choice. */
export function isLeftOut(reason: unknown): boolean {
  return reason === leftOutBy('--only') || reason === leftOutBy('--skip');
}
