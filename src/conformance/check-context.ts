// What a check that calls the plugin is given.
import type { AbiSymbol } from '../harness/abi.ts';
import type { NativeBlock, NativeMemory } from '../harness/native-memory.ts';
import type { CapturedOutput } from '../harness/plugin-errors.ts';
import type { ProcessProbes } from '../harness/process-probes.ts';
import type { NativeStruct, OpenRawOptions, PluginThread, Pointer, PreparedCall } from '../harness/raw-plugin.ts';
import type { ConfigEntries } from './config-memory.ts';
import type { Origin } from './origin.ts';
import type { InfoCopy, ResultCopy } from './plugin-copies.ts';
import type { Random } from './random.ts';
import type { TestImage } from './test-image.ts';

/** A native MVASResult that outlives its call. */
export type NativeResult = NativeStruct<'MVASResult'>;

/** What one inspection gave. */
export interface Inference {
  readonly code: number;
  /** A copy of everything, taken before mvas_free_result; undefined unless the code is 0. */
  readonly result: ResultCopy | undefined;
}

/** A text that belongs to the plugin: it may be read until the next call. */
export interface LentText {
  readonly address: bigint;
  /** Whether it lies on the stack of the call that returned it, where the next call overwrites it. */
  readonly isOnStack: boolean;
  /** What it says now; null for NULL. */
  read(): string | null;
  /** What it says when freed memory of its size has been used for something else. */
  readLater(): string | null;
}

/** The calls of each function of the contract, as checks make them. */
interface FunctionCalls {
  mvas_get_info: {
    /** Null where it returns NULL. */
    getInfo(): InfoCopy | null;
    /** Reads again what lies at the address that a call before gave, as a host does that kept the pointer. */
    infoAt(address: Pointer): InfoCopy | null;
  };
  mvas_init: {
    /** Without arguments: the model and configuration under test. */
    init(model?: string | null, config?: string | null): number;
    /** Initialises with strings at addresses of the check's own; 0n is NULL. */
    initFrom(model: Pointer, config: Pointer): number;
    /** Initialises as above; ends the check as not reached when that fails. */
    start(): void;
  };
  mvas_infer: {
    /** Inspects into a zeroed result as a host does, copies it and frees it. NULL is an image too. */
    infer(image: TestImage | null): Inference;
    /** Inspects into a struct of the check's own, or NULL, and frees nothing. */
    inferInto(image: TestImage | null, result: NativeResult | null): number;
    /** Copies what a struct of the check's own, one of several by its index, holds after a call that returned 0. */
    copy(result: NativeResult, index?: number): ResultCopy;
    /** The call of inferInto, to be made on another thread; the image stays where it is. */
    prepareInfer(image: TestImage, result: NativeResult): PreparedCall;
    /** Makes a prepared call here and now; nothing is allocated for it. */
    make(call: PreparedCall): number;
    /** Inspects as a host does; ends the check as not reached when that fails. */
    inspect(image: TestImage): ResultCopy;
  };
  mvas_cleanup: { cleanup(): void };
  mvas_get_error: {
    /** Null where it returns NULL; a text that is no UTF-8 has U+FFFD in it. */
    getError(): string | null;
    lendError(): LentText;
  };
  mvas_infer_batch: {
    /** `count` is what the call says; the images lie behind each other, NULL is none. */
    inferBatch(images: readonly TestImage[] | null, count: number, results: NativeResult | null): number;
  };
  mvas_set_config: {
    /** `count` is what the call says, default the number of entries. */
    setConfig(entries: ConfigEntries, count?: number): number;
    /** The same, and every byte of the keys and values is "x" when it has returned. */
    setThenOverwrite(entries: ConfigEntries): number;
    /** The call of setConfig, to be made on another thread. */
    prepareConfig(entries: ConfigEntries): PreparedCall;
    make(call: PreparedCall): number;
  };
  mvas_get_config: { getConfig(): string | null; lendConfig(): LentText };
  mvas_warmup: { warmup(iterations: number): number };
  mvas_free_result: {
    /** `index` chooses one of several. */
    freeResult(result: NativeResult | null, index?: number): void;
  };
  mvas_abi_version: { abiVersion(): number };
}

type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** The calls that a check declared, and no others. */
export type PluginFor<N extends AbiSymbol> = Together<FunctionCalls[N]>;

/** The calls of all functions. */
export type AllCalls = PluginFor<AbiSymbol>;

/** Threads of the system beside the one that checks run on. */
export interface CheckThreads {
  /** Skips the check where the platform has no means for it. */
  start(): PluginThread;
  /** Makes every call of `work` on that thread, one after the other, and waits for each. */
  on<T>(thread: PluginThread, work: () => T): T;
  /** Makes the lists of calls at the same time, each on its thread, and tells what they returned. */
  together(lists: ReadonlyMap<PluginThread, readonly PreparedCall[]>): number[][];
}

/** Another library, with the calls that every plugin has. */
export type SecondPlugin = PluginFor<'mvas_get_info' | 'mvas_init' | 'mvas_infer' | 'mvas_cleanup' | 'mvas_get_error' | 'mvas_get_config'> &
  Pick<CheckContext<never>, 'load' | 'unload'>;

/** What a check works with. */
export interface CheckContext<N extends AbiSymbol> extends Origin {
  /** The plugin under test; it is opened at the first use. */
  readonly plugin: PluginFor<N>;
  /** Whether an optional function is there. */
  exports(name: AbiSymbol): boolean;
  /** Model and configuration that `init()` uses. */
  readonly model: string | null;
  readonly config: string;
  /** The seeded nominal image: the size and format the plugin declares; `changes` replaces parts of it. */
  image(changes?: Partial<TestImage>): TestImage;
  /** A native result, or several behind each other, filled with one byte value. */
  result(fill: number, count?: number): NativeResult;
  /** A zeroed native result behind which nothing may be touched, and which no allocator knows. */
  guardedResult(): NativeResult;
  /** A NUL-terminated text behind which nothing may be touched; once it is released, neither may the text. */
  guardedText(text: string): NativeBlock;
  readonly memory: NativeMemory;
  /** A new file of this run with these bytes; a folder where they are null. */
  file(name: string, bytes: Uint8Array | null): string;
  readonly random: Random;
  /** What can be seen of the process: its state, its means. Skips the check where the platform lacks the means. */
  readonly process: ProcessProbes;
  /** Does the work and tells what was written to the standard streams meanwhile. Skips the check where the platform lacks the means. */
  captured<T>(work: () => T): { readonly value: T; readonly output: CapturedOutput };
  readonly threads: CheckThreads;
  /**
   * Does the work, and tells how many bytes the plugin's calls in it leave allocated, to the byte: on a thread of their own, or in a process
   * whose allocator keeps no cache. Skips the check where nothing can tell.
   */
  weigh(work: () => void, thread?: PluginThread): number;
  /**
   * Opens the library in a way of its own; the loader's words where it cannot. Without deep binding it takes functions
   * from whatever is in the process before its own, as in hosts of the field.
   */
  load(options: OpenRawOptions): string | undefined;
  /**
   * A second library in this process, closed until its first call: another plugin that comes with the kit, or a copy of
   * the one under test. Skips the check where there is none for this platform.
   */
  second(which: 'companion' | 'copy'): SecondPlugin;
  /** Closes it; the next call opens it again. */
  unload(): void;
}
