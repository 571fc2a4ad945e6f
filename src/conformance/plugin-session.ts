// The calls that checks make, on top of the bare functions: arguments become native memory, results become copies.
import { toErrorText } from '../core/kit-error.ts';
import { type AbiSymbol, structs } from '../harness/abi.ts';
import type { JobContext } from '../harness/job.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';
import type { OpenRawOptions, PluginThread, Pointer, PreparedCall, RawPlugin } from '../harness/raw-plugin.ts';
import type { AllCalls, CheckThreads, LentText, NativeResult } from './check-context.ts';
import { type ConfigEntries, lendConfig } from './config-memory.ts';
import { ImageMemory } from './image-memory.ts';
import { copyInfo, copyResult, readText } from './read-plugin-memory.ts';
import { describeImage, type TestImage } from './test-image.ts';

/** What a session opens and starts with. */
export interface SessionOptions {
  readonly library: string;
  readonly model: string | null;
  readonly config: string;
}

/** The plugin broke an earlier promise, so that the rule of this check could not be looked at. */
export class NotReached extends Error {}

/** One plugin in one process. */
export class PluginSession implements AllCalls {
  readonly #job: JobContext;
  readonly #options: SessionOptions;
  readonly #images: ImageMemory;
  #open: RawPlugin | undefined;

  constructor(job: JobContext, options: SessionOptions) {
    this.#job = job;
    this.#options = options;
    this.#images = new ImageMemory(job);
  }

  readonly threads: CheckThreads = {
    start: () => {
      const thread = this.#raw.startThread();
      if (thread === undefined) throw new PlatformCannot('means to call functions on other threads');
      return thread;
    },
    on: (thread, work) => this.#raw.onThread(thread, work),
    together: (lists) => this.#raw.together(lists),
  };

  weigh(work: () => void, thread?: PluginThread): number {
    return this.#raw.weigh(work, thread);
  }

  /** Opens the library; returns the loader's words where it cannot. */
  load(options: OpenRawOptions): string | undefined {
    try {
      this.#open = this.#job.open(this.#options.library, options);
      return undefined;
    } catch (error) {
      return toErrorText(error);
    }
  }

  unload(): void {
    this.#open?.unload();
    this.#open = undefined;
  }

  exports(name: AbiSymbol): boolean {
    return this.#raw.exports.has(name);
  }

  get #raw(): RawPlugin {
    const failure = this.#open === undefined ? this.load({ global: false }) : undefined;
    if (this.#open === undefined) throw new NotReached(`the library does not load: ${failure}`);
    return this.#open;
  }

  getInfo() {
    return copyInfo(this.#job.memory, this.#raw.getInfo());
  }

  infoAt(address: Pointer) {
    return copyInfo(this.#job.memory, address);
  }

  initFrom(model: Pointer, config: Pointer): number {
    return this.#raw.init(model, config);
  }

  init(model: string | null = this.#options.model, config: string | null = this.#options.config): number {
    return this.#raw.init(model, config);
  }

  start(): void {
    const code = this.init();
    if (code !== 0) throw new NotReached(`mvas_init returned ${code}: ${this.getError() ?? 'no text'}`);
  }

  infer(image: TestImage | null) {
    const native = this.#job.memory.struct('MVASResult');
    const code = this.inferInto(image, native);
    const result = code === 0 ? copyResult(this.#job.memory, native) : undefined;
    if (this.exports('mvas_free_result')) this.#raw.freeResult(native.address);
    return { code, result };
  }

  inspect(image: TestImage) {
    const { code, result } = this.infer(image);
    if (result === undefined)
      throw new NotReached(`mvas_infer of ${describeImage(image)} returned ${code}: ${this.getError() ?? 'no text'}`);
    return result;
  }

  inferInto(image: TestImage | null, result: NativeResult | null): number {
    const address = result?.address ?? null;
    if (image === null) return this.#raw.infer(null, address);
    return this.#images.lend([image], (struct) => this.#raw.infer(struct, address));
  }

  copy(result: NativeResult, index = 0) {
    return copyResult(this.#job.memory, result, index);
  }

  prepareInfer(image: TestImage, result: NativeResult): PreparedCall {
    const kept = new ImageMemory(this.#job);
    const address = kept.lend([{ ...image, memory: 'plain' }], (struct) => struct);
    return { function: 'mvas_infer', values: [address, result.address] };
  }

  inferBatch(images: readonly TestImage[] | null, count: number, results: NativeResult | null): number {
    const address = results?.address ?? null;
    if (images === null) return this.#raw.inferBatch(null, count, address);
    return this.#images.lend(images, (structs) => this.#raw.inferBatch(structs, count, address));
  }

  cleanup(): void {
    this.#raw.cleanup();
  }

  getError() {
    return readText(this.#job.memory, this.#raw.getError());
  }

  lendError() {
    return this.#lent(this.#raw.getError());
  }

  setConfig(entries: ConfigEntries, count?: number): number {
    const { params, count: own } = lendConfig(this.#job.memory, entries);
    return this.#raw.setConfig(params?.address ?? null, count ?? own);
  }

  setThenOverwrite(entries: ConfigEntries): number {
    const { params, count, overwrite } = lendConfig(this.#job.memory, entries);
    const code = this.#raw.setConfig(params?.address ?? null, count);
    overwrite();
    return code;
  }

  prepareConfig(entries: ConfigEntries): PreparedCall {
    const { params, count } = lendConfig(this.#job.memory, entries);
    return { function: 'mvas_set_config', values: [params?.address ?? 0n, count] };
  }

  make({ function: name, values: [first, second] }: PreparedCall): number {
    if (name === 'mvas_infer') return this.#raw.infer(first as Pointer, second as Pointer);
    return this.#raw.setConfig(first as Pointer, Number(second));
  }

  getConfig() {
    return readText(this.#job.memory, this.#raw.getConfig());
  }

  lendConfig() {
    return this.#lent(this.#raw.getConfig());
  }

  warmup(iterations: number): number {
    return this.#raw.warmup(iterations);
  }

  freeResult(result: NativeResult | null, index = 0): void {
    this.#raw.freeResult(result === null ? null : result.address + BigInt(index * structs.MVASResult.size));
  }

  abiVersion(): number {
    return this.#raw.abiVersion();
  }

  #lent(address: Pointer): LentText {
    const { memory } = this.#job;
    const read = () => readText(memory, address);
    const readLater = () => {
      memory.reuseFreed();
      return read();
    };
    return { address, isOnStack: memory.isOnStack(address), read, readLater };
  }
}
