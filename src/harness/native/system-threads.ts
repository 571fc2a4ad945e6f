// Threads and semaphores of the system, as addresses that machine code can call as well.
import { platform } from 'node:os';
import { alloc } from 'koffi';
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import { systemFunction, systemSymbol } from './c-functions.ts';
import { loadLibrary } from './load-library.ts';

/** A function with the values for its up to three parameters. */
export interface NativeCall {
  readonly function: Pointer;
  readonly values: readonly Pointer[];
}

/** A counting semaphore that begins at 0: waited for and raised from here, or from another thread by the calls. */
export interface Semaphore {
  readonly waiting: NativeCall;
  readonly raising: NativeCall;
  wait(): void;
  raise(): void;
}

/** What threads are made of. */
export interface ThreadSystem {
  semaphore(): Semaphore;
  /** Starts a thread that runs `routine(argument)` on a stack of 8 MiB, and returns what ends by waiting for its end. */
  start(routine: Pointer, argument: Pointer): () => void;
}

const stackBytes = 8 << 20;
const [attributesBytes, semaphoreBytes] = [128, 64]; // more than any platform needs

/** Those of this platform. */
export function threadSystem(): ThreadSystem {
  if (platform() === 'win32') return windowsThreads();
  return { semaphore: platform() === 'darwin' ? dispatchSemaphore : posixSemaphore, start: startPosixThread };
}

function startPosixThread(routine: Pointer, argument: Pointer): () => void {
  const pointers = (count: number) => Array.from({ length: count }, () => 'void *');
  const create = systemFunction<(thread: BigUint64Array, attributes: Pointer, routine: Pointer, argument: Pointer) => number>(
    ...(['pthread_create', 'int', pointers(4)] as const),
  );
  const join = systemFunction<(thread: Pointer, returned: null) => number>('pthread_join', 'int', pointers(2));
  const begin = systemFunction<(attributes: Pointer) => number>('pthread_attr_init', 'int', pointers(1));
  const setStack = systemFunction<(attributes: Pointer, bytes: number) => number>('pthread_attr_setstacksize', 'int', ['void *', 'size_t']);
  const attributes = room(attributesBytes);
  const thread = new BigUint64Array(1);
  begin(attributes);
  setStack(attributes, stackBytes);
  if (create(thread, attributes, routine, argument) !== 0) throw new Error('a thread cannot be started');
  return () => void join(thread[0] as Pointer, null);
}

function posixSemaphore(): Semaphore {
  const handle = room(semaphoreBytes);
  const init = systemFunction<(at: Pointer, shared: number, value: number) => number>('sem_init', 'int', ['void *', 'int', 'uint32_t']);
  if (init(handle, 0, 0) !== 0) throw new Error('a semaphore cannot be made');
  return semaphoreOf(systemFunction, systemSymbol, { wait: 'sem_wait', raise: 'sem_post' }, [handle], [handle]);
}

function dispatchSemaphore(): Semaphore {
  const handle = systemFunction<(value: number) => Pointer>('dispatch_semaphore_create', 'void *', ['intptr_t'])(0);
  const names = { wait: 'dispatch_semaphore_wait', raise: 'dispatch_semaphore_signal' };
  return semaphoreOf(systemFunction, systemSymbol, names, [handle, 0xffff_ffff_ffff_ffffn], [handle]);
}

function windowsThreads(): ThreadSystem {
  const kernel = loadLibrary('kernel32.dll');
  const bind: typeof systemFunction = (name, returns, parameters) => kernel.func(name, returns, parameters) as never;
  const symbol = (name: string) => kernel.symbol(name) as Pointer;
  const create = bind<(...values: [null, number, Pointer, Pointer, number, null]) => Pointer | null>(
    ...(['CreateThread', 'void *', ['void *', 'size_t', 'void *', 'void *', 'uint32_t', 'void *']] as [string, string, string[]]),
  );
  const createSemaphore = bind<(...values: [null, number, number, null]) => Pointer>(
    ...(['CreateSemaphoreW', 'void *', ['void *', 'int32_t', 'int32_t', 'void *']] as [string, string, string[]]),
  );
  const waitForObject = bind<(handle: Pointer, milliseconds: number) => number>('WaitForSingleObject', 'uint32_t', ['void *', 'uint32_t']);
  const infinite = 0xffff_ffffn;
  return {
    semaphore() {
      const handle = createSemaphore(null, 0, 0x7fff_ffff, null);
      return semaphoreOf(bind, symbol, { wait: 'WaitForSingleObject', raise: 'ReleaseSemaphore' }, [handle, infinite], [handle, 1n, 0n]);
    },
    start(routine, argument) {
      const handle = create(null, stackBytes, routine, argument, 0x10000, null); // the size is the stack's reserve
      if (handle === null) throw new Error('a thread cannot be started');
      return () => void waitForObject(handle, Number(infinite));
    },
  };
}

function semaphoreOf(
  bind: typeof systemFunction,
  symbol: (name: string) => Pointer,
  names: { wait: string; raise: string },
  toWait: Pointer[],
  toRaise: Pointer[],
): Semaphore {
  const callable = (name: string, values: readonly Pointer[]) => {
    const call = bind<(...given: PointerLike[]) => Pointer>(
      name,
      'uint64_t',
      values.map(() => 'uint64_t'),
    );
    return () => void call(...values);
  };
  return {
    waiting: { function: symbol(names.wait), values: toWait },
    raising: { function: symbol(names.raise), values: toRaise },
    wait: callable(names.wait, toWait),
    raise: callable(names.raise, toRaise),
  };
}

function room(bytes: number): Pointer {
  return alloc('uint64_t', bytes / 8) as Pointer;
}
