// The bare functions of a plugin, journalled call by call.
import { performance } from 'node:perf_hooks';
import { type AbiSymbol, abiSymbols } from '../abi.ts';
import type { CallRecord } from '../plugin-errors.ts';
import type { OpenRawOptions, PluginThread, Pointer, PointerLike, PreparedCall, RawPlugin } from '../raw-plugin.ts';
import { describeImage, describePointer, describeResult, describeText } from './describe-arguments.ts';
import { restoreFloatingPoint } from './floating-point.ts';
import { HeapScale } from './heap-use.ts';
import { textBytes } from './native-text.ts';
import { startNativeThread } from './native-thread.ts';
import { type LoadedPlugin, loadPlugin, type PluginFunctions } from './plugin-functions.ts';
import { functionsBy, OwnThread } from './plugin-thread.ts';

/** Told before each call, and again when it has returned. */
export type Journal = (name: CallRecord['function'], phase: 'inside' | 'after', describe: () => string) => void;

const noJournal: Journal = () => undefined;

/** Loads a plugin into this process. Throws `PLUGIN_INVALID`, or a TypeError later for a function it does not export. */
export function openRawPlugin(library: string, options: OpenRawOptions = {}, journal: Journal = noJournal): RawPlugin {
  return new OpenedPlugin(library, options, journal);
}

class OpenedPlugin implements RawPlugin {
  readonly library: string;
  readonly exports: ReadonlySet<AbiSymbol>;
  readonly #loaded: LoadedPlugin;
  readonly #journal: Journal;
  #functions: PluginFunctions;
  inferenceMs = 0;

  constructor(library: string, { global = false, deepBinding }: OpenRawOptions, journal: Journal) {
    this.library = library;
    this.#journal = journal;
    journal('load', 'inside', () => library);
    this.#loaded = loadPlugin(library, { global, ...(deepBinding === undefined ? {} : { deep: deepBinding }) });
    restoreFloatingPoint();
    journal('load', 'after', () => library);
    this.#functions = this.#loaded.functions;
    this.exports = new Set(abiSymbols.filter((name) => this.#functions[name] !== undefined));
  }

  get isLoaded(): boolean {
    return this.#loaded.isLoaded;
  }

  getInfo(): Pointer {
    return this.#run('mvas_get_info', nothing, (call) => call()) ?? 0n;
  }

  init(modelPath: PointerLike | string, configJson: PointerLike | string): number {
    const describe = () => `model ${describeText(modelPath)}, config ${describeText(configJson)}`;
    return this.#run('mvas_init', describe, (call) => call(lent(modelPath), lent(configJson)));
  }

  infer(image: PointerLike, result: PointerLike): number {
    return this.#run(
      'mvas_infer',
      () => describeImage(image) + describeResult(result),
      (call) => this.#timed(() => call(image, result)),
    );
  }

  cleanup(): void {
    this.#run('mvas_cleanup', nothing, (call) => call());
  }

  getError(): Pointer {
    return this.#run('mvas_get_error', nothing, (call) => call()) ?? 0n;
  }

  inferBatch(images: PointerLike, count: number, results: PointerLike): number {
    const describe = () => `${count} images, first ${describeImage(images)}${describeResult(results)}`;
    return this.#run('mvas_infer_batch', describe, (call) => this.#timed(() => call(images, count, results)));
  }

  setConfig(params: PointerLike, count: number): number {
    const describe = () => `${count} values at ${describePointer(params)}`;
    return this.#run('mvas_set_config', describe, (call) => call(params, count));
  }

  getConfig(): Pointer {
    return this.#run('mvas_get_config', nothing, (call) => call()) ?? 0n;
  }

  warmup(iterations: number): number {
    return this.#run(
      'mvas_warmup',
      () => `${iterations} iterations`,
      (call) => call(iterations),
    );
  }

  freeResult(result: PointerLike): void {
    this.#run(
      'mvas_free_result',
      () => describePointer(result),
      (call) => call(result),
    );
  }

  abiVersion(): number {
    return this.#run('mvas_abi_version', nothing, (call) => call());
  }

  startThread(): PluginThread | undefined {
    const thread = startNativeThread();
    return thread && new OwnThread(thread);
  }

  weigh(work: () => void, thread?: PluginThread): number {
    const scale = new HeapScale(thread && OwnThread.of(thread).lists);
    this.#calling(
      functionsBy((call) => scale.make(call), this.#loaded, this.#functions),
      work,
    );
    return scale.bytes;
  }

  onThread<T>(thread: PluginThread, work: () => T): T {
    return this.#calling(OwnThread.of(thread).functions(this.#loaded, this.#functions), work);
  }

  #calling<T>(functions: PluginFunctions, work: () => T): T {
    const here = this.#functions;
    this.#functions = functions;
    try {
      return work();
    } finally {
      this.#functions = here;
    }
  }

  together(lists: ReadonlyMap<PluginThread, readonly PreparedCall[]>): number[][] {
    const all = [...lists];
    const [first] = all.flatMap(([, calls]) => calls);
    if (first === undefined) return all.map(() => []);
    const describe = () => `${all.length} threads at once, ${all.reduce((sum, [, calls]) => sum + calls.length, 0)} calls`;
    this.#journal(first.function, 'inside', describe);
    const begun = all.map(([thread, calls]) => OwnThread.of(thread).begin(this.#loaded, calls));
    const returned = begun.map((one) => one.finish());
    this.#journal(first.function, 'after', describe);
    return returned;
  }

  unload(): void {
    this.#functions = {};
    this.#journal('unload', 'inside', () => this.library);
    this.#loaded.unload();
    this.#journal('unload', 'after', () => this.library);
  }

  #timed(call: () => number): number {
    const start = performance.now();
    const code = call();
    this.inferenceMs = performance.now() - start;
    return code;
  }

  #run<S extends AbiSymbol, R>(name: S, describe: () => string, call: (bound: NonNullable<PluginFunctions[S]>) => R): R {
    const bound = this.#functions[name];
    if (bound === undefined) throw new TypeError(`${this.library} does not export ${name}, or is unloaded`);
    this.#journal(name, 'inside', describe);
    const returned = call(bound);
    restoreFloatingPoint();
    this.#journal(name, 'after', describe);
    return returned;
  }
}

const nothing = () => '';

function lent(value: PointerLike | string): PointerLike {
  return typeof value === 'string' ? textBytes(value) : value;
}
