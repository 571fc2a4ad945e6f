// Puts test images into native memory: plain with room around, so that only guarded ones catch a stray read.
import type { NativeBlock, NativeMemory } from '../harness/native-memory.ts';
import type { NativeStruct } from '../harness/raw-plugin.ts';
import { PlatformCannot } from './platform-cannot.ts';
import { type ImagePlace, layOut, type TestImage } from './test-image.ts';

const roomBytes = 1 << 16;

/** Lends images to calls; the memory of plain ones is used again. */
export class ImageMemory {
  readonly #memory: NativeMemory;
  readonly #formats = new Map<string, NativeBlock>();
  #plain: NativeBlock | undefined;

  constructor(memory: NativeMemory) {
    this.#memory = memory;
  }

  /** Runs `use` with an MVASImage that describes the image, and takes the memory back. */
  lend<T>(image: TestImage, use: (struct: NativeStruct<'MVASImage'>) => T): T {
    const { width, height, channels, strideBytes, data } = { ...image, data: undefined, ...image.claims };
    const bytes = layOut(image);
    const block = image.memory === 'plain' ? this.#room(bytes) : this.#guarded(bytes, image.memory);
    const struct = this.#memory.struct('MVASImage');
    const start = image.memory === 'plain' ? BigInt(roomBytes) : 0n;
    struct.set('data', data === null ? 0n : block.address + start);
    struct.set('width', width);
    struct.set('height', height);
    struct.set('channels', channels);
    struct.set('stride', strideBytes);
    struct.set('format', image.format === null ? 0n : this.#format(image.format).address);
    const given = use(struct);
    if (image.memory !== 'plain') block.release();
    return given;
  }

  #room(bytes: Uint8Array): NativeBlock {
    const needed = bytes.length + 2 * roomBytes;
    if (this.#plain === undefined || this.#plain.length < needed) {
      this.#plain?.release();
      this.#plain = this.#memory.allocate(needed);
    }
    this.#plain.write(bytes, roomBytes);
    return this.#plain;
  }

  #guarded(bytes: Uint8Array, place: ImagePlace): NativeBlock {
    const block = this.#memory.guarded(bytes.length, place === 'guarded-start' ? 'start' : 'end');
    if (block === undefined) throw new PlatformCannot('memory with guard pages');
    block.write(bytes);
    if (place === 'read-only') block.protect();
    return block;
  }

  #format(text: string): NativeBlock {
    const known = this.#formats.get(text) ?? this.#memory.text(text);
    this.#formats.set(text, known);
    return known;
  }
}
