// Keeps a plugin's floating-point mode out of JavaScript's arithmetic, and tells what it was.
import { arch, platform } from 'node:os';
import { alloc, view } from 'koffi';
import { fegetenv, fesetenv } from './c-functions.ts';

const environmentBytes = 64; // fenv_t: 32 bytes on x86-64, 8 to 16 elsewhere
const saved = alloc('uint8_t', environmentBytes) as bigint;
const current = alloc('uint8_t', environmentBytes) as bigint;
const currentWords = new Uint32Array(view(current, environmentBytes));
fegetenv(saved);

const probe = new Float64Array([1, 2 ** -53, 5e-324, 1, 3 * 2 ** -53]);
let leftBehind: string | undefined;

/**
 * Puts the floating-point mode back where a call changed it. Three operations tell, which costs far less than restoring
 * always: a changed rounding direction moves one of the sums, flushed denormals make the product zero.
 */
export function restoreFloatingPoint(): void {
  const one = probe[0] as number;
  const half = probe[1] as number;
  if (one + half === 1 && one + (probe[4] as number) === 1 + 2 ** -51 && (probe[2] as number) * (probe[3] as number) !== 0) return;
  leftBehind = readMode();
  fesetenv(saved);
}

/** The mode that the last call since the previous look left behind; else the present one. */
export function floatingPointMode(): string {
  const mode = leftBehind ?? readMode();
  leftBehind = undefined;
  return mode;
}

const mxcsrFlags = 0x3f; // set by arithmetic, and never cleared by it

/** The words of fenv_t that hold the mode, as the C libraries lay it out. */
function readMode(): string {
  fegetenv(current);
  const word = (index: number) => currentWords[index] as number;
  const hex = (value: number) => `0x${value.toString(16)}`;
  if (platform() === 'win32') return `control ${hex(word(0))}`;
  if (arch() === 'x64') {
    const mxcsr = word(platform() === 'darwin' ? 1 : 7) & ~mxcsrFlags;
    return `x87 ${hex(word(0) & 0xffff)}, MXCSR ${hex(mxcsr)}`;
  }
  return `FPCR ${hex(word(platform() === 'darwin' ? 2 : 0))}`;
}
