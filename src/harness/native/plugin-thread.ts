// The functions of a plugin as a thread beside JavaScript's own calls them.
import { alloc } from 'koffi';
import { type AbiSymbol, abi } from '../abi.ts';
import type { PluginThread, Pointer, PointerLike, PreparedCall } from '../raw-plugin.ts';
import { memcpy } from './c-functions.ts';
import type { ListMaker } from './heap-use.ts';
import type { NativeThread } from './native-thread.ts';
import type { LoadedPlugin, PluginFunctions } from './plugin-functions.ts';
import type { NativeCall } from './system-threads.ts';

/** A thread that was started for a plugin. */
export class OwnThread implements PluginThread {
  #thread: NativeThread | undefined;

  constructor(thread: NativeThread) {
    this.#thread = thread;
  }

  /** The class behind the interface; nothing else implements it. */
  static of(thread: PluginThread): OwnThread {
    return thread as OwnThread;
  }

  end(): void {
    this.#alive.stop();
    this.#thread = undefined;
  }

  /** The same functions as `here`, each called on this thread. */
  functions(plugin: LoadedPlugin, here: PluginFunctions): PluginFunctions {
    return functionsBy((call) => this.#alive.call(call), plugin, here);
  }

  /** Makes lists of calls on it. */
  get lists(): ListMaker {
    return this.#alive;
  }

  /** Begins calls that `finish` waits for. */
  begin(plugin: LoadedPlugin, calls: readonly PreparedCall[]): { finish(): number[] } {
    const begun = this.#alive.begin(calls.map(({ function: name, values }) => prepared(plugin, name, values)));
    return { finish: () => begun.finish().map((register) => Number(BigInt.asIntN(32, register))) };
  }

  get #alive(): NativeThread {
    if (this.#thread === undefined) throw new TypeError('the thread has ended');
    return this.#thread;
  }
}

/** The same functions as `here`, each call of which is made by `make`, which returns what the function's register held. */
export function functionsBy(make: (call: NativeCall) => bigint, plugin: LoadedPlugin, here: PluginFunctions): PluginFunctions {
  const names = Object.keys(here) as AbiSymbol[];
  const calls = names.map((name) => [
    name,
    (...values: (PointerLike | number)[]) => fromRegister(make(prepared(plugin, name, values.map(kept))), name),
  ]);
  return Object.fromEntries(calls) as PluginFunctions;
}

/** Bytes are copied and the copy stays, as texts that are lent otherwise do: what a plugin does with a freed one is for checks of its own. */
function kept(value: PointerLike | number): Pointer | number {
  if (!(value instanceof Uint8Array)) return value ?? 0n;
  const copy = alloc('uint8_t', value.length) as Pointer;
  memcpy(copy, value, value.length);
  return copy;
}

function prepared(plugin: LoadedPlugin, name: AbiSymbol, values: readonly (Pointer | number)[]): NativeCall {
  return { function: plugin.address(name), values: values.map(BigInt) };
}

function fromRegister(register: bigint, name: AbiSymbol): unknown {
  const { returns } = abi[name];
  if (returns === 'void') return undefined;
  if (returns === 'pointer') return register === 0n ? null : register;
  return Number(returns === 'int32' ? BigInt.asIntN(32, register) : BigInt.asUintN(32, register));
}
