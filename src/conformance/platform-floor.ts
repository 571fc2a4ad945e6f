// The oldest systems that plugins are made for, and what their runtime libraries have.
import type { Binary } from '../binary/binary.ts';

const defaultGlibc = '2.35';

/** What a distribution with that glibc has of GCC's C++ runtime, oldest first. */
const runtimes = [
  { glibc: '2.17', GLIBCXX: '3.4.19', CXXABI: '1.3.7' },
  { glibc: '2.28', GLIBCXX: '3.4.25', CXXABI: '1.3.11' },
  { glibc: '2.31', GLIBCXX: '3.4.28', CXXABI: '1.3.12' },
  { glibc: '2.34', GLIBCXX: '3.4.29', CXXABI: '1.3.13' },
  { glibc: '2.35', GLIBCXX: '3.4.30', CXXABI: '1.3.13' },
  { glibc: '2.38', GLIBCXX: '3.4.32', CXXABI: '1.3.14' },
  { glibc: '2.39', GLIBCXX: '3.4.33', CXXABI: '1.3.15' },
  { glibc: '2.42', GLIBCXX: '3.4.34', CXXABI: '1.3.15' },
] as const;

/** What a plugin may need. */
interface Floors {
  /** The newest version of each family of versioned symbols. */
  readonly symbols: Readonly<Record<string, string>>;
  /** The newest system a file may ask for itself. */
  readonly system: Readonly<Partial<Record<Binary['os'], { readonly name: string; readonly version: string }>>>;
}

/** The floors, with the glibc that a manifest asks for (`2.35` by default). */
export function floorsOf(glibc: string = defaultGlibc): Floors {
  const runtime = runtimes.findLast((row) => compareVersions(row.glibc, glibc) <= 0) ?? runtimes[0];
  return {
    symbols: { GLIBC: glibc, GLIBCXX: runtime.GLIBCXX, CXXABI: runtime.CXXABI },
    system: { win32: { name: 'Windows', version: '10.0' }, darwin: { name: 'macOS', version: '13.0' } },
  };
}

/** Negative, zero or positive, by the numbers between the dots. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
