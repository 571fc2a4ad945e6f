// Readies a process for a plugin: it dies with its parent, and Windows looks for libraries only where it should.
import { platform } from 'node:os';
import { systemFunction, systemSymbol } from './c-functions.ts';
import { loadLibrary } from './load-library.ts';

const parentDeathSignal = 1; // PR_SET_PDEATHSIG
const sigkill = 9;

/**
 * Makes Linux kill this process when the thread that started it ends. A parent that went before that has never asked for
 * anything, and the closed message channel ends this process.
 */
export function dieWithParent(): void {
  if (platform() !== 'linux') return;
  const integers = ['int', 'long', 'long', 'long', 'long'];
  const prctl = systemFunction<(option: number, ...values: [number, number, number, number]) => number>('prctl', 'int', integers);
  prctl(parentDeathSignal, sigkill, 0, 0, 0);
}

/**
 * Lets a plugin that calls exit() end this process with its code, where Linux allows it, before the exit handlers of Node
 * run: they wait for threads that a copy of a process does not have.
 */
export function exitAtOnce(): void {
  if (platform() !== 'linux') return;
  try {
    const onExit = systemFunction<(handler: bigint, argument: null) => number>('on_exit', 'int', ['void *', 'void *']);
    onExit(systemSymbol('_exit'), null);
  } catch {
    // musl has no on_exit: Node's handlers then run, as they do elsewhere
  }
}

/**
 * On macOS, where nothing kills a child with its parent: an alarm that ends this process when a call takes far longer than
 * its deadline, at which a living parent has killed it. 0 switches it off.
 */
export function deadlineAlarm(): (seconds: number) => void {
  if (platform() !== 'darwin') return () => undefined;
  const alarm = systemFunction<(seconds: number) => number>('alarm', 'uint32_t', ['uint32_t']);
  return (seconds) => void alarm(seconds);
}

/** How plugins are loaded: an allocator that was preloaded to find heap faults must not be bypassed by deep binding. */
export function bindingUnder(preload: string | undefined): { deepBinding?: boolean } {
  return /asan|malloc_debug/.test(preload ?? '') ? { deepBinding: false } : {};
}

const defaultSearch = 0x1000; // LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: application, system and added folders, never the current one

/** On Windows: limits the search for libraries to the system's folders, the plugin's own and the given ones. */
export function setLibraryFolders(folders: readonly string[]): void {
  if (platform() !== 'win32') return;
  const kernel = loadLibrary('kernel32.dll');
  const setDefault = kernel.func('SetDefaultDllDirectories', 'bool', ['uint32_t']);
  const add = kernel.func('AddDllDirectory', 'void *', ['str16']);
  setDefault(defaultSearch);
  for (const folder of folders) add(folder);
}
