// Puts test images into native memory: plain with room around, so that only guarded ones catch a stray read.
import type { NativeBlock, NativeMemory } from '../harness/native-memory.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';
import type { NativeStruct, Pointer } from '../harness/raw-plugin.ts';
import { type ImagePlace, layOut, type TestImage } from './test-image.ts';

const roomBytes = 1 << 16;
const alignment = 64;

/** Lends images to calls; the memory of plain ones is used again. */
export class ImageMemory {
  readonly #memory: NativeMemory;
  readonly #formats = new Map<string, NativeBlock>();
  /** Of the images of one call, by their place in it. */
  readonly #plain: NativeBlock[] = [];

  constructor(memory: NativeMemory) {
    this.#memory = memory;
  }

  /** Runs `use` with as many MVASImages behind each other, and takes the memory back. */
  lend<T>(images: readonly TestImage[], use: (structs: NativeStruct<'MVASImage'>) => T): T {
    const structs = this.#memory.struct('MVASImage', Math.max(1, images.length));
    const guarded = images.flatMap((image, index) => this.#place(image, structs, index) ?? []);
    const given = use(structs);
    for (const block of guarded) block.release();
    return given;
  }

  /** Returns the block that is this image's alone. */
  #place(image: TestImage, structs: NativeStruct<'MVASImage'>, index: number): NativeBlock | undefined {
    const { width, height, channels, strideBytes, data } = { ...image, data: undefined, ...image.claims };
    const bytes = layOut(image);
    const own = image.memory === 'plain' ? undefined : this.#guarded(bytes, image.memory);
    const address = own?.address ?? this.#room(bytes, image.offsetBytes, index);
    structs.set('data', data === null ? 0n : address, index);
    structs.set('width', width, index);
    structs.set('height', height, index);
    structs.set('channels', channels, index);
    structs.set('stride', strideBytes, index);
    structs.set('format', image.format === null ? 0n : this.#format(image.format).address, index);
    return own;
  }

  #room(bytes: Uint8Array, offsetBytes: number, index: number): Pointer {
    const needed = bytes.length + offsetBytes + alignment + 2 * roomBytes;
    let block = this.#plain[index];
    if (block === undefined || block.length < needed) {
      block?.release();
      block = this.#memory.allocate(needed);
      this.#plain[index] = block;
    }
    const start = roomBytes + Number(-block.address & BigInt(alignment - 1)) + offsetBytes;
    block.write(bytes, start);
    return block.address + BigInt(start);
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
