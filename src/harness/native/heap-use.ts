// How much memory the C library has handed out.
import { struct } from 'koffi';
import { PlatformCannot } from '../platform-cannot.ts';
import { loadLibrary } from './load-library.ts';

/** glibc's sums over all arenas; freed blocks that a thread keeps for itself count as in use, at most a few hundred. */
interface Sums {
  /** Bytes in use in heaps. */
  readonly uordblks: number;
  /** Bytes in blocks that were mapped one by one. */
  readonly hblkhd: number;
}

let mallinfo: (() => Sums) | undefined;

/** Bytes in use. @throws PlatformCannot where the C library has no mallinfo2: only glibc since 2.33 has. */
export function heapInUse(): number {
  mallinfo ??= bindMallinfo();
  if (mallinfo === undefined) throw new PlatformCannot('sum of allocated memory (mallinfo2)');
  const { uordblks, hblkhd } = mallinfo();
  return uordblks + hblkhd;
}

const fields = ['arena', 'ordblks', 'smblks', 'hblks', 'hblkhd', 'usmblks', 'fsmblks', 'uordblks', 'fordblks', 'keepcost'];

function bindMallinfo(): (() => Sums) | undefined {
  try {
    const sums = struct(Object.fromEntries(fields.map((field) => [field, 'size_t'])));
    return loadLibrary(null).func('mallinfo2', sums, []) as unknown as () => Sums;
  } catch {
    return undefined;
  }
}
