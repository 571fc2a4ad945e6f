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

const pointer = 'void *';

/** Copies bytes between native memory and JavaScript. */
export const memcpy = systemFunction<(to: PointerLike, from: PointerLike, bytes: number) => Pointer>('memcpy', pointer, [
  pointer,
  pointer,
  'size_t',
]);

/** Length of a C string without its NUL. */
export const strlen = systemFunction<(text: PointerLike) => number>('strlen', 'size_t', [pointer]);

export const fegetenv = systemFunction<(environment: PointerLike) => number>('fegetenv', 'int', [pointer]);
export const fesetenv = systemFunction<(environment: PointerLike) => number>('fesetenv', 'int', [pointer]);
