// A loaded ONNX model in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import type { Tensor } from './model-input.ts';
import type { ModelAnswer, ModelPorts, ModelRequest } from './model-messages.ts';

/** A model that is ready to run. */
export interface Model extends AsyncDisposable {
  readonly ports: ModelPorts;
  /** Feeds one input and returns the outputs of float32 and what the run took, in milliseconds. */
  run(input: string, tensor: Tensor): Promise<{ readonly outputs: Readonly<Record<string, Tensor>>; readonly ms: number }>;
}

/** Longest time for loading and for one run, in milliseconds. */
const deadlines = { load: 120_000, run: 60_000 } as const;

/**
 * Loads a model in a fresh process that no plugin shares.
 *
 * @throws {@link KitError} `FILE_INVALID` when ONNX Runtime refuses the model, `INTERRUPTED`.
 */
export async function openModel(path: string, signal?: AbortSignal): Promise<Model> {
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
    const loaded = await ask(child, { kind: 'load', path }, path, signal);
    if (loaded.kind !== 'loaded') throw refused(path, 'it was not loaded');
    return {
      ports: loaded.ports,
      async run(input, tensor) {
        const ran = await ask(child, { kind: 'run', input, tensor }, path, signal);
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

async function ask(child: ChildProcess, request: ModelRequest, path: string, signal: AbortSignal | undefined): Promise<ModelAnswer> {
  const over = new AbortController();
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlines[request.kind]);
  try {
    const said = once(child, 'message', { signal: over.signal }).then(([answer]) => answer as ModelAnswer);
    const gone = once(child, 'exit', { signal: over.signal }).then(
      (): ModelAnswer => ({ kind: 'failed', message: 'ONNX Runtime ended its process' }),
    );
    child.send(request, () => undefined);
    const answer = child.exitCode === null && child.signalCode === null ? await Promise.race([said, gone]) : await gone;
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'the run of the model was interrupted');
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
