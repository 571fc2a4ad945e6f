// A plugin in a process of its own: it may crash, hang or exit, and the caller is told in which call.
import { KitError } from '../core/kit-error.ts';
import type { Frame } from '../image/frame.ts';
import { CheckedCalls } from './checked-calls.ts';
import { HostProcess } from './host/host-process.ts';
import type { Opened, SharedFrame } from './host/messages.ts';
import { takeResults } from './host/share-results.ts';
import { journalBytes, writeAll } from './host/shared-file.ts';
import {
  type ConfigValues,
  type Deadlines,
  defaultDeadlines,
  type InferenceResult,
  type OpenOptions,
  type PluginCalls,
  type PluginHost,
  type PluginInfo,
} from './plugin-host.ts';
import { requirePlugin } from './require-plugin.ts';

/**
 * Opens a plugin in a child process, which dies with this one. Calls are made one after the other, in the order of asking.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `PLUGIN_INVALID`, `INTERRUPTED`; {@link PluginDeath} when loading it crashes or hangs.
 */
export async function openPlugin(library: string, options: OpenOptions = {}): Promise<PluginHost> {
  const path = requirePlugin(library);
  if (options.signal?.aborted) throw new KitError('INTERRUPTED', `the work with ${path} was interrupted`);
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const host = new HostProcess(path, options);
  try {
    await host.started();
    const opened = await host.ask({ call: 'open', library: path, dependencies: options.dependencies ?? [] }, deadlines.load);
    return new IsolatedHost(path, host, opened, deadlines);
  } catch (error) {
    await host.end().catch(() => undefined);
    throw error;
  }
}

class IsolatedHost extends CheckedCalls implements PluginHost {
  readonly library: string;
  readonly exports: PluginHost['exports'];
  readonly pid: number;
  readonly loadTimeMs: number;
  readonly raw: PluginCalls;
  readonly #host: HostProcess;

  constructor(library: string, host: HostProcess, { exports, loadTimeMs }: Opened, deadlines: Deadlines) {
    const raw = new RemoteCalls(host, deadlines);
    super(raw);
    this.raw = raw;
    this.#host = host;
    this.library = library;
    this.exports = new Set(exports);
    this.pid = host.pid;
    this.loadTimeMs = loadTimeMs;
  }

  override get state(): PluginHost['state'] {
    return this.#host.alive ? super.state : 'closed';
  }

  async dispose(): Promise<void> {
    if (super.state === 'closed') return;
    try {
      if (this.#host.alive) await this.cleanup();
    } finally {
      this.close();
      await this.#host.end();
    }
  }
}

/** The calls as requests to the child, one at a time. */
class RemoteCalls implements PluginCalls {
  readonly #host: HostProcess;
  readonly #deadlines: Deadlines;
  #before: Promise<unknown> = Promise.resolve();

  constructor(host: HostProcess, deadlines: Deadlines) {
    this.#host = host;
    this.#deadlines = deadlines;
  }

  info(): Promise<PluginInfo> {
    return this.#next(() => this.#host.ask({ call: 'info' }, this.#deadlines.call));
  }

  init(model: string | null, config: string | null = '{}'): Promise<void> {
    return this.#next(() => this.#host.ask({ call: 'init', model, config }, this.#deadlines.init));
  }

  async infer(frame: Frame): Promise<InferenceResult> {
    const [result] = await this.#inspect('infer', [frame]);
    if (result === undefined) throw new Error('the host process sent no result');
    return result;
  }

  inferBatch(frames: readonly Frame[]): Promise<InferenceResult[]> {
    return this.#inspect('inferBatch', frames);
  }

  setConfig(values: ConfigValues): Promise<void> {
    return this.#next(() => this.#host.ask({ call: 'setConfig', values }, this.#deadlines.call));
  }

  getConfig(): Promise<string | null> {
    return this.#next(() => this.#host.ask({ call: 'getConfig' }, this.#deadlines.call));
  }

  warmup(iterations = 10): Promise<void> {
    const deadlineMs = this.#deadlines.infer * Math.max(1, iterations);
    return this.#next(() => this.#host.ask({ call: 'warmup', iterations }, deadlineMs));
  }

  cleanup(): Promise<void> {
    return this.#next(() => this.#host.ask({ call: 'cleanup' }, this.#deadlines.call));
  }

  error(): Promise<string> {
    return this.#next(() => this.#host.ask({ call: 'error' }, this.#deadlines.call));
  }

  #inspect(call: 'infer' | 'inferBatch', frames: readonly Frame[]): Promise<InferenceResult[]> {
    return this.#next(async () => {
      this.#host.demandAlive();
      const { shared, end } = shareFrames(frames, this.#host.file);
      const deadlineMs = this.#deadlines.infer * Math.max(1, frames.length);
      const results = await this.#host.ask({ call, frames: shared, room: end }, deadlineMs);
      return takeResults(results, this.#host.file);
    });
  }

  /** The shared file holds the frames of one call: each waits for the one before. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#before.then(work);
    this.#before = turn.catch(() => undefined);
    return turn;
  }
}

const alignment = 64;

function shareFrames(frames: readonly Frame[], file: number): { shared: SharedFrame[]; end: number } {
  let end = journalBytes;
  const shared = frames.map(({ data, width, height, channels, strideBytes, format }) => {
    const span = { position: end, length: data.length };
    writeAll(file, data, end);
    end = Math.ceil((end + data.length) / alignment) * alignment;
    return { data: span, width, height, channels, strideBytes, format };
  });
  return { shared, end };
}
