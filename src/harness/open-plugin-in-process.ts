// A plugin in this very process: for benchmarks and debuggers; whatever it does to the process, it does to this one.
import type { Frame } from '../image/frame.ts';
import { CheckedCalls } from './checked-calls.ts';
import type { PluginEngine } from './native/plugin-engine.ts';
import type { StartedEngine } from './native/start-engine.ts';
import type { ConfigValues, InferenceResult, PluginCalls, PluginHost, PluginInfo } from './plugin-host.ts';
import { requirePlugin } from './require-plugin.ts';

/** How to open a plugin in this process. */
export interface InProcessOptions {
  /** Results share their arrays with the next ones: for callers that are done with a result before they ask for another. */
  readonly reuseArrays?: boolean;
  /** Folders with libraries the plugin needs; used on Windows. */
  readonly dependencies?: readonly string[];
}

/** A host in this process, with the synchronous engine for measurements. */
export interface InProcessHost extends PluginHost {
  /** The same calls without promises and state checks. */
  readonly engine: PluginEngine;
}

/**
 * Opens a plugin in this process. Nothing protects the process from it, and no deadline is kept.
 *
 * @throws {@link KitError} as `openPlugin` does, but never `PLUGIN_CRASHED` or `PLUGIN_HUNG`.
 */
export async function openPluginInProcess(library: string, options: InProcessOptions = {}): Promise<InProcessHost> {
  const path = requirePlugin(library);
  // loaded only here, so that a program which never opens a plugin in its own process has no FFI
  const { startEngine } = await import('./native/start-engine.ts');
  return new HostInProcess(startEngine(path, options));
}

class HostInProcess extends CheckedCalls implements InProcessHost {
  readonly library: string;
  readonly exports: PluginHost['exports'];
  readonly pid: number;
  readonly loadTimeMs: number;
  readonly engine: PluginEngine;
  readonly raw: PluginCalls;

  constructor({ engine, loadTimeMs, pid }: StartedEngine) {
    const raw = new PromisedCalls(engine);
    super(raw);
    this.raw = raw;
    this.engine = engine;
    this.library = engine.raw.library;
    this.exports = engine.raw.exports;
    this.loadTimeMs = loadTimeMs;
    this.pid = pid;
  }

  async dispose(): Promise<void> {
    if (this.state === 'closed') return;
    await this.cleanup();
    this.close();
    // the library stays loaded: threads of a runtime it has started may still run its code
  }
}

/** The engine's calls as promises. */
class PromisedCalls implements PluginCalls {
  readonly #engine: PluginEngine;

  constructor(engine: PluginEngine) {
    this.#engine = engine;
  }

  async info(): Promise<PluginInfo> {
    return this.#engine.info();
  }

  async init(model: string | null, config: string | null = '{}'): Promise<void> {
    this.#engine.init(model, config);
  }

  async infer(frame: Frame): Promise<InferenceResult> {
    return this.#engine.infer(frame);
  }

  async inferBatch(frames: readonly Frame[]): Promise<InferenceResult[]> {
    return this.#engine.inferBatch(frames);
  }

  async setConfig(values: ConfigValues): Promise<void> {
    this.#engine.setConfig(values);
  }

  async getConfig(): Promise<string | null> {
    return this.#engine.getConfig();
  }

  async warmup(iterations = 10): Promise<void> {
    this.#engine.warmup(iterations);
  }

  async cleanup(): Promise<void> {
    this.#engine.cleanup();
  }

  async error(): Promise<string> {
    return this.#engine.error();
  }
}
