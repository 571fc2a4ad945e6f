// The calls of a plugin with plain values in and out, synchronously: what both kinds of host are made of.
import { address } from 'koffi';
import { KitError } from '../../core/kit-error.ts';
import type { Frame } from '../../image/frame.ts';
import { type AbiSymbol, structs } from '../abi.ts';
import { PluginFailure } from '../plugin-errors.ts';
import type { ConfigValues, InferenceResult, PluginInfo } from '../plugin-host.ts';
import type { RawPlugin } from '../raw-plugin.ts';
import { nativeStruct, structAt } from './native-struct.ts';
import { nativeText, readText, textBytes } from './native-text.ts';
import { freshArrays, type ResultArrays, readResult } from './read-result.ts';

/** Told when the engine starts to read memory that a call has returned. */
export type ReadingMark = (name: AbiSymbol) => void;

/** Calls one plugin; not for two threads, not for two calls at once. */
export class PluginEngine {
  readonly raw: RawPlugin;
  readonly #arrays: ResultArrays;
  readonly #reading: ReadingMark;
  #images = nativeStruct('MVASImage');
  #results = nativeStruct('MVASResult');
  #capacity = 1;
  readonly #frees: boolean;

  constructor(raw: RawPlugin, arrays: ResultArrays, reading: ReadingMark = () => undefined) {
    this.raw = raw;
    this.#arrays = arrays;
    this.#reading = reading;
    this.#frees = raw.exports.has('mvas_free_result');
  }

  info(): PluginInfo {
    const at = this.raw.getInfo();
    if (at === 0n) throw new KitError('PLUGIN_FAILED', 'mvas_get_info returned NULL');
    this.#reading('mvas_get_info');
    const info = structAt('MVASPluginInfo', at);
    const text = (field: 'name' | 'version' | 'author' | 'description' | 'model_type') => readText(info.get(field)) ?? '';
    return {
      name: text('name'),
      version: text('version'),
      author: text('author'),
      description: text('description'),
      modelType: text('model_type'),
      inputWidth: info.get('input_width'),
      inputHeight: info.get('input_height'),
      inputFormat: readText(info.get('input_format')) ?? 'RGB',
    };
  }

  init(model: string | null, config: string | null): void {
    this.#check('mvas_init', this.raw.init(model, config));
  }

  infer(frame: Frame): InferenceResult {
    this.#setImage(frame, 0);
    this.#results.fill(0);
    const code = this.raw.infer(this.#images.address, this.#results.address);
    const wallTimeMs = this.raw.inferenceMs;
    try {
      this.#check('mvas_infer', code);
      this.#reading('mvas_infer');
      return readResult(this.#results, 0, wallTimeMs, this.#arrays);
    } finally {
      if (this.#frees) this.raw.freeResult(this.#results.address);
    }
  }

  inferBatch(frames: readonly Frame[]): InferenceResult[] {
    this.#need('mvas_infer_batch');
    this.#reserve(frames.length);
    for (const [index, frame] of frames.entries()) this.#setImage(frame, index);
    this.#results.fill(0);
    const code = this.raw.inferBatch(this.#images.address, frames.length, this.#results.address);
    const share = this.raw.inferenceMs / Math.max(1, frames.length);
    this.#check('mvas_infer_batch', code); // a failed batch leaves nothing to free
    this.#reading('mvas_infer_batch');
    try {
      return frames.map((_, index) => readResult(this.#results, index, share, freshArrays));
    } finally {
      for (const index of frames.keys()) this.#free(index);
    }
  }

  setConfig(values: ConfigValues): void {
    this.#need('mvas_set_config');
    const entries = Object.entries(values);
    const texts = entries.flat().map(textBytes);
    const params = new BigUint64Array(texts.map((text) => address(text)));
    this.#check('mvas_set_config', this.raw.setConfig(new Uint8Array(params.buffer), entries.length));
  }

  getConfig(): string | null {
    if (!this.raw.exports.has('mvas_get_config')) return null;
    const text = this.raw.getConfig();
    this.#reading('mvas_get_config');
    return readText(text) ?? null;
  }

  warmup(iterations: number): void {
    if (this.raw.exports.has('mvas_warmup')) this.#check('mvas_warmup', this.raw.warmup(iterations));
  }

  cleanup(): void {
    this.raw.cleanup();
  }

  error(): string {
    if (!this.raw.exports.has('mvas_get_error')) return '';
    const text = this.raw.getError();
    this.#reading('mvas_get_error');
    return readText(text) ?? '';
  }

  #check(name: AbiSymbol, code: number): void {
    if (code !== 0) throw new PluginFailure(name, code, this.error(), this.raw.exports.has('mvas_get_error'));
  }

  #need(name: AbiSymbol): void {
    if (!this.raw.exports.has(name)) throw new KitError('PLUGIN_FAILED', `the plugin does not export ${name}`);
  }

  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    this.#capacity = 2 * count;
    this.#images = nativeStruct('MVASImage', this.#capacity);
    this.#results = nativeStruct('MVASResult', this.#capacity);
  }

  #setImage({ data, width, height, channels, strideBytes, format }: Frame, index: number): void {
    const lastByte = height > 0 && width > 0 ? (height - 1) * strideBytes + width * channels : 0;
    if (data.length < lastByte)
      throw new KitError(
        'IMAGE_INVALID',
        `the frame has ${data.length} bytes, ${width}×${height}×${channels} stride ${strideBytes} needs ${lastByte}`,
      );
    const image = this.#images;
    image.set('data', address(data), index);
    image.set('width', width, index);
    image.set('height', height, index);
    image.set('channels', channels, index);
    image.set('stride', strideBytes, index);
    image.set('format', nativeText(format), index);
  }

  #free(index: number): void {
    if (this.#frees) this.raw.freeResult(this.#results.address + BigInt(index * structs.MVASResult.size));
  }
}
