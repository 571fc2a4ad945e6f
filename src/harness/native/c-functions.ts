// Functions of the C library and of the system that the harness calls, typed once.
import { platform } from 'node:os';
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import { loadLibrary } from './load-library.ts';

const windows = platform() === 'win32';
const library = loadLibrary(windows ? 'ucrtbase.dll' : null);

/** Binds a function by its C types; the caller states the TypeScript type, which nothing can check. */
export function systemFunction<F extends (...values: never[]) => unknown>(name: string, returns: string, parameters: string[]): F {
  return library.func(name, returns, parameters) as unknown as F;
}

/**
 * The same function of every C library that a plugin may use: Windows has one for MSVC's programs, which is Node's too, and one for most
 * of MinGW's. One that is linked into a plugin is out of reach.
 */
export function systemFunctions<F extends (...values: never[]) => unknown>(name: string, returns: string, parameters: string[]): F[] {
  const libraries = windows ? [library, loadLibrary('msvcrt.dll')] : [library];
  return libraries.map((one) => one.func(name, returns, parameters) as unknown as F);
}

/** Address of a function of the system, to be handed to another. */
export function systemSymbol(name: string): Pointer {
  return library.symbol(name) as Pointer;
}

const pointer = 'void *';

/** Copies bytes between native memory and JavaScript. */
export const memcpy = systemFunction<(to: PointerLike | Float32Array | BigUint64Array, from: PointerLike, bytes: number) => Pointer>(
  'memcpy',
  pointer,
  [pointer, pointer, 'size_t'],
);

/** Address of the first such byte among the next `limit`, null where there is none. */
export const memchr = systemFunction<(from: PointerLike, byte: number, limit: number) => Pointer | null>('memchr', pointer, [
  pointer,
  'int',
  'size_t',
]);

export const fegetenv = systemFunction<(environment: PointerLike) => number>('fegetenv', 'int', [pointer]);
export const fesetenv = systemFunction<(environment: PointerLike) => number>('fesetenv', 'int', [pointer]);
