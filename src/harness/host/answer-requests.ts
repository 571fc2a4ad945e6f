// Answers the requests of an isolated host with the calls of one plugin.
import { performance } from 'node:perf_hooks';
import { KitError, toErrorText } from '../../core/kit-error.ts';
import type { Frame } from '../../image/frame.ts';
import { type Journal, openRawPlugin } from '../native/open-raw-plugin.ts';
import { PluginEngine } from '../native/plugin-engine.ts';
import { reusedArrays } from '../native/read-result.ts';
import { type CallRecord, PluginFailure } from '../plugin-errors.ts';
import { type FrameWindow, openFrameWindow } from './frame-window.ts';
import { type Answers, encodeEntry, type Refusal, type Request, type SharedFrame } from './messages.ts';
import { shareResults } from './share-results.ts';

/** Calls that the engine makes around the one that was asked for. */
const auxiliary: ReadonlySet<string> = new Set(['mvas_free_result', 'mvas_get_error']);

type Of<C extends Request['call']> = Extract<Request, { call: C }>;

/** One plugin in this process, behind the shared file. */
export class Answerer {
  readonly #file: number;
  readonly #window: FrameWindow;
  readonly #openLibrary: (dependencies: readonly string[]) => { deepBinding?: boolean };
  #engine: PluginEngine | undefined;
  #entry: CallRecord = { number: 0, function: 'load', arguments: '', phase: 'inside' };
  #last = this.#entry;

  /** `prepare` readies the process for loading, with the folders of the plugin's libraries. */
  constructor(file: number, prepare: (dependencies: readonly string[]) => { deepBinding?: boolean }) {
    this.#file = file;
    this.#window = openFrameWindow(file);
    this.#openLibrary = prepare;
  }

  /** The last call that a request was about, and the number of calls so far. */
  get progress(): { last: CallRecord; calls: number } {
    return { last: this.#last, calls: this.#entry.number };
  }

  /** Carries out a request. Throws what the plugin or the harness has to say against it. */
  answer(request: Request): Answers[Request['call']] {
    if (request.call === 'open') return this.#open(request);
    const engine = this.#engine;
    if (engine === undefined) throw new Error('the plugin is not open');
    switch (request.call) {
      case 'info':
      case 'getConfig':
      case 'error':
        return engine[request.call]();
      case 'infer':
      case 'inferBatch':
        return this.#infer(engine, request);
      case 'init':
        return void engine.init(request.model, request.config);
      case 'setConfig':
        return void engine.setConfig(request.values);
      case 'warmup':
        return void engine.warmup(request.iterations);
      case 'cleanup':
        return void engine.cleanup();
    }
  }

  #open({ library, dependencies }: Of<'open'>): Answers['open'] {
    const options = this.#openLibrary(dependencies);
    const start = performance.now();
    const raw = openRawPlugin(library, options, this.#journal);
    const loadTimeMs = performance.now() - start;
    this.#engine = new PluginEngine(raw, reusedArrays(), () => this.#write({ ...this.#entry, phase: 'reading' }));
    return { exports: [...raw.exports], loadTimeMs };
  }

  #infer(engine: PluginEngine, { call, frames, room }: Of<'infer' | 'inferBatch'>): Answers['infer'] {
    const [first] = frames;
    const results =
      call === 'infer' && first !== undefined
        ? [engine.infer(this.#frame(first))]
        : engine.inferBatch(frames.map((frame) => this.#frame(frame)));
    return shareResults(results, this.#file, room);
  }

  #frame({ data, ...rest }: SharedFrame): Frame {
    return { ...rest, data: this.#window.frame(data) };
  }

  readonly #journal: Journal = (name, phase, describe) => {
    // that a call has returned shows in the answer, which the parent has
    if (phase === 'inside') this.#write({ number: this.#entry.number + 1, function: name, arguments: describe(), phase });
  };

  #write(entry: CallRecord): void {
    this.#entry = entry;
    if (!auxiliary.has(entry.function)) this.#last = entry;
    this.#window.writeJournal(encodeEntry(entry));
  }
}

/** What was thrown, as the parent can build it again. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof PluginFailure) {
    const { function: name, returned, errorText: text, hasErrorText } = thrown;
    return { kind: 'failure', function: name, returned, text, hasErrorText };
  }
  const known = thrown instanceof KitError ? thrown : undefined;
  const message = thrown instanceof RangeError || known ? toErrorText(thrown) : String(thrown instanceof Error ? thrown.stack : thrown);
  return { kind: 'error', code: known?.code ?? (thrown instanceof RangeError ? 'PLUGIN_FAILED' : undefined), message, hint: known?.hint };
}
