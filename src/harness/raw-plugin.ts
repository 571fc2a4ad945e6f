// A plugin's own functions, called synchronously and journalled, with full control over every pointer: what checks are made of.
import type { AbiSymbol, StructName, structs } from './abi.ts';

/** An address in this process; 0n is NULL. */
export type Pointer = bigint;

/** Anything that can stand for a pointer in a call: an address, NULL, or bytes that are lent for the call. */
export type PointerLike = Pointer | Uint8Array | null;

/** What a field of a struct holds in JavaScript. */
export type FieldValue<S extends StructName, F extends FieldName<S>> = (typeof structs)[S]['fields'][F] extends { type: 'pointer' }
  ? Pointer
  : number;

/** Name of a field of a struct. */
export type FieldName<S extends StructName> = keyof (typeof structs)[S]['fields'];

/** One struct, or an array of them, in native memory of its own. */
export interface NativeStruct<S extends StructName> {
  readonly struct: S;
  readonly address: Pointer;
  get<F extends FieldName<S>>(field: F, index?: number): FieldValue<S, F>;
  set<F extends FieldName<S>>(field: F, value: FieldValue<S, F>, index?: number): void;
  /** Sets every byte, padding included. */
  fill(byte: number): void;
  /** A copy of all bytes. */
  bytes(): Uint8Array;
}

/** How to open a plugin for raw calls. */
export interface OpenRawOptions {
  /** Makes the library's symbols visible to libraries loaded later (RTLD_GLOBAL); default false. */
  readonly global?: boolean;
  /** The library prefers its own symbols (RTLD_DEEPBIND); default true on Linux unless an allocator is preloaded. */
  readonly deepBinding?: boolean;
}

/** A thread of the system beside the one that jobs run on, with a stack of 8 MiB. */
export interface PluginThread {
  /** Lets it end and waits for that; any later use throws. */
  end(): void;
}

/** A call with all its values, to be made when no JavaScript can run. */
export interface PreparedCall {
  readonly function: AbiSymbol;
  /** Addresses that stay valid, and numbers. */
  readonly values: readonly (Pointer | number)[];
}

/**
 * The bare functions. Each call writes its name and arguments to the journal first, and puts the floating-point mode back
 * afterwards. A function that the library does not export throws.
 */
export interface RawPlugin {
  readonly library: string;
  readonly exports: ReadonlySet<AbiSymbol>;
  readonly isLoaded: boolean;
  getInfo(): Pointer;
  init(modelPath: PointerLike | string, configJson: PointerLike | string): number;
  infer(image: PointerLike, result: PointerLike): number;
  /** What the last mvas_infer or mvas_infer_batch took, in milliseconds: the call alone, without what the journal costs. */
  readonly inferenceMs: number;
  cleanup(): void;
  getError(): Pointer;
  inferBatch(images: PointerLike, count: number, results: PointerLike): number;
  setConfig(params: PointerLike, count: number): number;
  getConfig(): Pointer;
  warmup(iterations: number): number;
  freeResult(result: PointerLike): void;
  abiVersion(): number;
  /**
   * Does the work, and tells by how many bytes the memory of the C library that is in use grows in the calls that it makes, on the thread
   * where one is given: to the byte, for it is looked at right before and right after each. What a call frees into the allocator's cache
   * counts as in use until a later call takes it; the host takes it too, but not on a thread. Throws PlatformCannot.
   */
  weigh(work: () => void, thread?: PluginThread): number;
  /** A new thread; undefined where the kit has no means to run plugin functions on one. */
  startThread(): PluginThread | undefined;
  /** Makes every call of `work` on that thread, one after the other, and waits for each. */
  onThread<T>(thread: PluginThread, work: () => T): T;
  /** Makes the lists of calls at the same time, each on its thread, and tells what they returned; the journal has one entry for all. */
  together(lists: ReadonlyMap<PluginThread, readonly PreparedCall[]>): number[][];
  /** dlclose; any later call throws. */
  unload(): void;
}
