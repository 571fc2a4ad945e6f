// Calls that are prepared in native memory, for the kit's machine code to make them.
import { alloc, view } from 'koffi';
import type { Pointer } from '../raw-plugin.ts';
import { callBytes } from './call-loop.ts';
import type { NativeCall } from './system-threads.ts';

/** Prepared calls in native memory, with room for what they return. */
export class CallList {
  readonly address: Pointer;
  readonly #words: BigUint64Array;

  constructor(length: number) {
    this.address = alloc('uint64_t', (length * callBytes) / 8) as Pointer;
    this.#words = new BigUint64Array(view(this.address, length * callBytes));
    this.#words.fill(0n);
  }

  set(index: number, { function: address, values }: NativeCall): void {
    const [a = 0n, b = 0n, c = 0n] = values.map((value) => BigInt.asUintN(64, value));
    this.#words.set([address, a, b, c, 0n], (index * callBytes) / 8);
  }

  /** Goes on at another list from here; 0n ends the thread. */
  jump(index: number, to: Pointer): void {
    this.set(index, { function: 0n, values: [to] });
  }

  /** All 64 bits of the register, whatever the function's type. */
  returned(index: number): bigint {
    return this.#words[(index * callBytes) / 8 + 4] as bigint;
  }

  addressOf(index: number): Pointer {
    return this.address + BigInt(index * callBytes);
  }
}
