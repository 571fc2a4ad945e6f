// The state rules of a plugin, in front of its raw calls.
import { KitError } from '../core/kit-error.ts';
import type { Frame } from '../image/frame.ts';
import type { ConfigValues, InferenceResult, PluginCalls, PluginHost } from './plugin-host.ts';

/** Calls that the state of the plugin allows; the others are `STATE_INVALID` and never reach it. */
export class CheckedCalls implements PluginCalls {
  readonly #raw: PluginCalls;
  #state: PluginHost['state'] = 'unloaded';

  constructor(raw: PluginCalls) {
    this.#raw = raw;
  }

  get state(): PluginHost['state'] {
    return this.#state;
  }

  /** No call is allowed any more. */
  close(): void {
    this.#state = 'closed';
  }

  async info(): ReturnType<PluginCalls['info']> {
    this.#demandOpen('info');
    return this.#raw.info();
  }

  async init(model: string | null, config: string | null = '{}'): Promise<void> {
    this.#demandOpen('init');
    // a second init that fails leaves the first one ready
    await this.#raw.init(model, config);
    this.#state = 'ready';
  }

  async infer(frame: Frame): Promise<InferenceResult> {
    this.#demandReady('infer');
    return this.#raw.infer(frame);
  }

  async inferBatch(frames: readonly Frame[]): Promise<InferenceResult[]> {
    this.#demandReady('inferBatch');
    return this.#raw.inferBatch(frames);
  }

  async setConfig(values: ConfigValues): Promise<void> {
    this.#demandReady('setConfig');
    return this.#raw.setConfig(values);
  }

  async getConfig(): Promise<string | null> {
    this.#demandReady('getConfig');
    return this.#raw.getConfig();
  }

  async warmup(iterations = 10): Promise<void> {
    this.#demandReady('warmup');
    return this.#raw.warmup(iterations);
  }

  async cleanup(): Promise<void> {
    if (this.#state !== 'ready') return;
    this.#state = 'unloaded';
    await this.#raw.cleanup();
  }

  async error(): Promise<string> {
    this.#demandOpen('error');
    return this.#raw.error();
  }

  #demandOpen(call: string): void {
    if (this.#state !== 'closed') return;
    throw new KitError('STATE_INVALID', `${call} needs an open plugin, and this one is closed`, { hint: 'open it again' });
  }

  #demandReady(call: string): void {
    this.#demandOpen(call);
    if (this.#state === 'ready') return;
    throw new KitError('STATE_INVALID', `${call} needs the state ready, and the plugin is ${this.#state}`, { hint: 'call init first' });
  }
}
