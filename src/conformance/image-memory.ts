// Puts test images into native memory: plain with room around, so that only guarded ones catch a stray read.
import type { JobContext } from '../harness/job.ts';
import type { NativeBlock, NativeMemory } from '../harness/native-memory.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';
import type { NativeStruct, Pointer } from '../harness/raw-plugin.ts';
import { describeImage, type ImagePlace, layOut, type TestImage } from './test-image.ts';

const roomBytes = 1 << 16;
const alignment = 64;
const readOnlyRoom = 4096;

/** Something in a block, not always at its start. */
interface Located {
  readonly block: NativeBlock;
  readonly address: Pointer;
}

/** Lends images to calls; the memory of plain ones is used again. */
export class ImageMemory {
  readonly #memory: NativeMemory;
  readonly #annotate: JobContext['annotate'];
  readonly #formats = new Map<string, NativeBlock>();
  /** Of the images of one call, by their place in it. */
  readonly #plain: NativeBlock[] = [];

  constructor({ memory, annotate }: Pick<JobContext, 'memory' | 'annotate'>) {
    this.#memory = memory;
    this.#annotate = annotate;
  }

  /** Runs `use` with the address of as many MVASImages behind each other, and takes the memory back. */
  lend<T>(images: readonly TestImage[], use: (structs: Pointer) => T): T {
    const structs = this.#memory.struct('MVASImage', Math.max(1, images.length));
    const guarded = images.flatMap((image, index) => this.#place(image, structs, index));
    const locked = images.some(({ memory }) => memory === 'read-only') ? this.#lock(structs, images) : undefined;
    const given = use(locked?.address ?? structs.address);
    for (const { block } of [...guarded, ...(locked === undefined ? [] : [locked])]) block.release();
    return given;
  }

  /** The structs once more, where nobody can write; the journal does not know them there. */
  #lock(structs: NativeStruct<'MVASImage'>, images: readonly TestImage[]): Located {
    this.#annotate(images.map(describeImage).join(' and '));
    return this.#locked(structs.bytes());
  }

  /** Returns what is this image's alone. */
  #place(image: TestImage, structs: NativeStruct<'MVASImage'>, index: number): Located[] {
    const { width, height, channels, strideBytes, data } = { ...image, data: undefined, ...image.claims };
    const bytes = layOut(image);
    const own = this.#own(bytes, image.memory);
    const format = this.#format(image);
    structs.set('data', data === null ? 0n : (own?.address ?? this.#room(bytes, image.offsetBytes, index)), index);
    structs.set('width', width, index);
    structs.set('height', height, index);
    structs.set('channels', channels, index);
    structs.set('stride', strideBytes, index);
    structs.set('format', format?.address ?? 0n, index);
    return [own, image.memory === 'read-only' ? format : undefined].filter((block) => block !== undefined);
  }

  #own(bytes: Uint8Array, place: ImagePlace): Located | undefined {
    if (place === 'plain') return undefined;
    if (place === 'read-only') return this.#locked(bytes);
    const block = this.#guarded(bytes, place);
    return { block, address: block.address };
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
    const block = this.#pages(bytes.length, place === 'guarded-start' ? 'start' : 'end');
    block.write(bytes);
    return block;
  }

  /** With room around: a stray read is another fault than a write. */
  #locked(bytes: Uint8Array): Located {
    const block = this.#pages(bytes.length + 2 * readOnlyRoom, 'end');
    block.write(bytes, readOnlyRoom);
    block.protect();
    return { block, address: block.address + BigInt(readOnlyRoom) };
  }

  #pages(length: number, side: 'end' | 'start'): NativeBlock {
    const block = this.#memory.guarded(length, side);
    if (block === undefined) throw new PlatformCannot('memory with guard pages');
    return block;
  }

  #format({ format, memory }: TestImage): Located | undefined {
    if (format === null) return undefined;
    if (memory === 'read-only') return this.#locked(Buffer.from(`${format}\0`));
    const block = this.#formats.get(format) ?? this.#memory.text(format);
    this.#formats.set(format, block);
    return { block, address: block.address };
  }
}
