// How many cores a machine has, in words.

/** "1 core", "8 cores". */
export function coresText(cores: number): string {
  return cores === 1 ? '1 core' : `${cores} cores`;
}
