// Keeps a plugin's floating-point mode out of JavaScript's arithmetic.
import { alloc } from 'koffi';
import { fegetenv, fesetenv } from './c-functions.ts';

const environmentBytes = 64; // fenv_t: 32 bytes on x86-64, 8 to 16 elsewhere
const saved = alloc('uint8_t', environmentBytes) as bigint;
fegetenv(saved);

const probe = new Float64Array([1, 2 ** -53, 5e-324, 1, 3 * 2 ** -53]);

/**
 * Puts the floating-point mode back where a call changed it. Three operations tell, which costs far less than restoring
 * always: a changed rounding direction moves one of the sums, flushed denormals make the product zero.
 */
export function restoreFloatingPoint(): void {
  const one = probe[0] as number;
  const half = probe[1] as number;
  if (one + half === 1 && one + (probe[4] as number) === 1 + 2 ** -51 && (probe[2] as number) * (probe[3] as number) !== 0) return;
  fesetenv(saved);
}
