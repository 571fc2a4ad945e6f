// The functions of a plugin as a thread beside JavaScript's own calls them.
import { alloc } from 'koffi';
import { type AbiSymbol, abi } from '../abi.ts';
import type { PluginThread, Pointer, PointerLike, PreparedCall } from '../raw-plugin.ts';
import { memcpy } from './c-functions.ts';
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
    this.#alive.end();
    this.#thread = undefined;
  }

  /** The same functions as `here`, each called on this thread. */
  functions(plugin: LoadedPlugin, here: PluginFunctions): PluginFunctions {
    const names = Object.keys(here) as AbiSymbol[];
    const calls = names.map((name) => [name, (...values: (PointerLike | number)[]) => this.#call(plugin, name, values)]);
    return Object.fromEntries(calls) as PluginFunctions;
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

  #call(plugin: LoadedPlugin, name: AbiSymbol, values: readonly (PointerLike | number)[]): unknown {
    const words = values.map((value) => {
      if (!(value instanceof Uint8Array)) return value ?? 0n;
      // kept, as texts that are lent without a thread are: what a plugin does with a freed one is for checks of its own
      const copy = alloc('uint8_t', value.length) as Pointer;
      memcpy(copy, value, value.length);
      return copy;
    });
    const register = this.#alive.call(prepared(plugin, name, words));
    return fromRegister(register, name);
  }
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
