// The memory of this process as jobs use it: lent to plugins, read back from them.
import { alloc, free } from 'koffi';
import { structs } from '../abi.ts';
import type { NativeBlock, NativeMemory } from '../native-memory.ts';
import type { Pointer } from '../raw-plugin.ts';
import { memchr, memcpy, systemFunctions } from './c-functions.ts';
import { isOnStack } from './call-stack.ts';
import { guardedPages } from './guard-pages.ts';
import { readableExtent } from './memory-map.ts';
import { nativeStruct, structAt } from './native-struct.ts';
import { forgetText, rememberText, textBytes } from './native-text.ts';

/** `reading` is told before plugin memory is touched, `done` when it has held. */
export function processMemory(reading: () => void, done: () => void): NativeMemory {
  return {
    struct: nativeStruct,
    allocate,
    guarded,
    guardedStruct: (name) => structAt(name, guarded(structs[name].size, 'end').address),
    reuseFreed,
    isOnStack,
    text,
    read(address, length) {
      reading();
      const bytes = new Uint8Array(length);
      memcpy(bytes, address, length);
      done();
      return bytes;
    },
    readText(address, limit) {
      reading();
      const end = memchr(address, 0, limit);
      done();
      if (end === null) return undefined;
      const bytes = new Uint8Array(Number(end - address));
      memcpy(bytes, address, bytes.length);
      return bytes;
    },
    extent: readableExtent,
  };
}

function allocate(length: number): NativeBlock {
  // koffi allocates by calloc, which aligns to 16; whole words, so that no length is zero
  const address = alloc('uint64_t', Math.ceil(length / 8) + 1) as Pointer;
  const unprotectable = () => {
    throw new TypeError('only guarded memory can be protected');
  };
  const block = new Block(address, length, unprotectable, () => free(address));
  block.write(new Uint8Array(length));
  return block;
}

const largestReused = 1024;

function reuseFreed(): void {
  // not by koffi's allocator: it zeroes, and the C library serves that from elsewhere
  const mallocs = systemFunctions<(bytes: number) => Pointer | null>('malloc', 'void *', ['size_t']);
  const frees = systemFunctions<(block: Pointer) => void>('free', 'void', ['void *']);
  for (const [index, malloc] of mallocs.entries())
    for (let bytes = 8; bytes <= largestReused; bytes += 16) {
      const block = malloc(bytes);
      if (block === null) continue;
      memcpy(block, new Uint8Array(bytes).fill(0x78), bytes);
      frees[index]?.(block);
    }
}

function guarded(length: number, side: 'end' | 'start'): NativeBlock {
  const pages = guardedPages(length, side);
  return new Block(pages.start, length, pages.protect, pages.release);
}

function text(value: string): NativeBlock {
  const bytes = textBytes(value);
  const block = allocate(bytes.length);
  block.write(bytes);
  rememberText(block.address, value);
  return new Block(
    block.address,
    block.length,
    () => block.protect(),
    () => {
      forgetText(block.address);
      block.release();
    },
  );
}

class Block implements NativeBlock {
  readonly address: Pointer;
  readonly length: number;
  readonly #protect: () => void;
  #release: (() => void) | undefined;

  constructor(address: Pointer, length: number, protect: () => void, release: () => void) {
    this.address = address;
    this.length = length;
    this.#protect = protect;
    this.#release = release;
  }

  write(bytes: Uint8Array, offset = 0): void {
    if (offset < 0 || offset + bytes.length > this.length) throw new RangeError('the bytes do not fit the block');
    if (this.#release === undefined) throw new TypeError('the block is released');
    if (bytes.length > 0) memcpy(this.address + BigInt(offset), bytes, bytes.length);
  }

  protect(): void {
    this.#protect();
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
