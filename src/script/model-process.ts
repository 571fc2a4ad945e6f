// The process of a model: asked one thing at a time, stopped when it takes too long, and its end told in words.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { beyondMemory, type ModelAnswer, type ModelRequest } from './model-messages.ts';

const keptText = 10_000;

/** A process that runs one model. */
export class ModelProcess implements AsyncDisposable {
  readonly #path: string;
  readonly #limitMb: number;
  readonly #signal: AbortSignal | undefined;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #said = '';

  /** `limitMb` bounds its resident memory, in MiB; an aborted signal ends it. */
  constructor(path: string, limitMb: number, signal: AbortSignal | undefined) {
    this.#path = path;
    this.#limitMb = limitMb;
    this.#signal = signal;
    this.#child = fork(fileURLToPath(compiledModule('script/model-entry.js')), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: childEnvironment(),
    });
    this.#closed = once(this.#child, 'close').catch(() => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-keptText);
    });
    signal?.addEventListener('abort', this.#stop, { once: true });
  }

  readonly #stop = (): void => void this.#child.kill('SIGKILL');

  /**
   * Asks, and waits for the answer at most `limitMs`.
   *
   * @throws {@link KitError} `FILE_INVALID` with ONNX Runtime's words, `INFER_FAILED` beyond time or memory, `INTERRUPTED`.
   */
  async ask(request: ModelRequest, limitMs: number): Promise<ModelAnswer> {
    const over = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#stop();
    }, limitMs);
    try {
      const said = once(this.#child, 'message', { signal: over.signal }).then(([answer]) => answer as ModelAnswer);
      const gone = this.#closed.then((): ModelAnswer => ({ kind: 'failed', message: this.#ending() }));
      this.#child.send(request, () => undefined);
      const answer = await Promise.race([said, gone]);
      if (this.#signal?.aborted) throw new KitError('INTERRUPTED', 'the run of the model was interrupted');
      if (late)
        throw new KitError('INFER_FAILED', `${this.#path} took longer than ${Math.round(limitMs)} ms and was stopped`, {
          hint: 'give it longer, or use a smaller model',
        });
      if (answer.kind === 'failed') throw this.#refused(answer.message);
      return answer;
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#stop);
    this.#stop();
    await this.#closed;
  }

  #ending(): string {
    const last = this.#said.trim().split('\n').at(-1) ?? '';
    return `ONNX Runtime ended its process${last === '' ? '' : `; it wrote: ${last}`}`;
  }

  #refused(message: string): KitError {
    if (this.#said.includes(beyondMemory))
      return new KitError('INFER_FAILED', `${this.#path} took more than ${this.#limitMb} MiB of memory and was stopped`, {
        hint: 'use a smaller model, or allow it more: requirements.system_memory_mb of the manifest',
      });
    return new KitError('FILE_INVALID', `${this.#path}: ${message.split('\n')[0]}`, {
      hint: 'check that the model is an ONNX model that ONNX Runtime can run',
    });
  }
}
