// A loaded ONNX model in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import type { Tensor } from './model-input.ts';
import type { FedTensor, ModelAnswer, ModelPorts, ModelRequest } from './model-messages.ts';

/** A model that is ready to run. */
export interface Model extends AsyncDisposable {
  readonly ports: ModelPorts;
  /** Feeds one input and returns the outputs of float32 and what the run took, in milliseconds. */
  run(input: string, tensor: FedTensor): Promise<{ readonly outputs: Readonly<Record<string, Tensor>>; readonly ms: number }>;
}

/** Longest time for loading and, unless the caller says otherwise, for one run, in milliseconds. */
const deadlines = { load: 120_000, run: 60_000 } as const;

/** How to run a model. */
export interface ModelOptions {
  readonly signal?: AbortSignal;
  /** Longest time of one run, in milliseconds. */
  readonly timeoutMs?: number;
  /** Threads of one run; as many as ONNX Runtime thinks right by default. */
  readonly threads?: number;
}

/**
 * Loads a model in a fresh process that no plugin shares.
 *
 * @throws {@link KitError} `FILE_INVALID` when ONNX Runtime refuses the model, `INTERRUPTED`.
 */
export async function openModel(path: string, options: ModelOptions = {}): Promise<Model> {
  const { signal, threads, timeoutMs = deadlines.run } = options;
  const child = fork(fileURLToPath(compiledModule('script/model-entry.js')), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const stop = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', stop);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    const loaded = await ask(
      child,
      { kind: 'load', path, ...(threads !== undefined && { threads }) },
      { path, limitMs: deadlines.load, signal },
    );
    if (loaded.kind !== 'loaded') throw refused(path, 'it was not loaded');
    return {
      ports: loaded.ports,
      async run(input, tensor) {
        const ran = await ask(child, { kind: 'run', input, tensor }, { path, limitMs: timeoutMs, signal });
        if (ran.kind !== 'ran') throw refused(path, 'it was not run');
        return { outputs: ran.outputs, ms: ran.ms };
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Asking {
  readonly path: string;
  readonly limitMs: number;
  readonly signal: AbortSignal | undefined;
}

async function ask(child: ChildProcess, request: ModelRequest, { path, limitMs, signal }: Asking): Promise<ModelAnswer> {
  const over = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limitMs);
  try {
    const said = once(child, 'message', { signal: over.signal }).then(([answer]) => answer as ModelAnswer);
    const gone = once(child, 'exit', { signal: over.signal }).then(
      (): ModelAnswer => ({ kind: 'failed', message: 'ONNX Runtime ended its process' }),
    );
    child.send(request, () => undefined);
    const answer = child.exitCode === null && child.signalCode === null ? await Promise.race([said, gone]) : await gone;
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'the run of the model was interrupted');
    if (late)
      throw new KitError('INFER_FAILED', `${path} took longer than ${limitMs} ms and was stopped`, {
        hint: 'give it longer, or use a smaller model',
      });
    if (answer.kind === 'failed') throw refused(path, answer.message);
    return answer;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

function refused(path: string, message: string): KitError {
  return new KitError('FILE_INVALID', `${path}: ${message.split('\n')[0]}`, {
    hint: 'check that the model is an ONNX model that ONNX Runtime can run',
  });
}
