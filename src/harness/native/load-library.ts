// The one place that loads shared libraries: sets koffi up before the first of them.
import { existsSync, realpathSync } from 'node:fs';
import { platform } from 'node:os';
import { config, type LibraryHandle, load } from 'koffi';
import { readMappings } from './memory-map.ts';

// Plugins call inference runtimes that need a real thread's stack; koffi's own default is smaller, and is fixed at the first load.
config({ sync_stack_size: 8 << 20 });

/** How symbols of a library are bound. */
export interface BindingOptions {
  /** Later libraries see its symbols (RTLD_GLOBAL). */
  readonly global?: boolean;
  /** It prefers its own symbols over those of the process, which exports zlib and OpenSSL (RTLD_DEEPBIND). */
  readonly deep?: boolean;
}

/** Loads a library with every symbol resolved at once; `null` is the process itself. Throws what the loader says. */
export function loadLibrary(path: string | null, options: BindingOptions = {}): LibraryHandle {
  return load(path, { lazy: false, global: options.global ?? false, deep: options.deep ?? false });
}

/** Real paths of all libraries and programs that are in this process; none where the platform has no such list. */
export function mappedLibraries(): Set<string> {
  const code = (readMappings() ?? []).filter(({ rights, name }) => rights.includes('x') && name.startsWith('/'));
  return new Set(code.map(({ name }) => name));
}

/** Whether a library is still there after it was unloaded: something else holds it. Where that cannot be told it counts as there. */
export function isInProcess(path: string): boolean {
  if (platform() === 'linux') return !existsSync(path) || mappedLibraries().has(realpathSync(path));
  if (platform() !== 'win32') return true;
  return loadLibrary('kernel32.dll').func('GetModuleHandleW', 'void *', ['str16'])(path) !== null;
}
