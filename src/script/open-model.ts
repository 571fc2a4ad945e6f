// A loaded ONNX model in a process of its own.
import type { Tensor } from './model-input.ts';
import type { FedTensor, ModelMemory, ModelPorts } from './model-messages.ts';
import { ModelProcess } from './model-process.ts';

/** A model that is ready to run. */
export interface Model extends AsyncDisposable {
  readonly ports: ModelPorts;
  /** What ONNX Runtime took to load it, in milliseconds. */
  readonly loadMs: number;
  /** As of the last answer. */
  readonly memory: ModelMemory;
  /** Feeds one input and returns the outputs of float32 and what the run took, in milliseconds; `limitMs` is the longest it may take. */
  run(
    input: string,
    tensor: FedTensor,
    limitMs?: number,
  ): Promise<{ readonly outputs: Readonly<Record<string, Tensor>>; readonly ms: number }>;
}

const loadDeadlineMs = 120_000;

/** Longest time of one run, in milliseconds, and most memory of the process, in MiB, unless the caller says otherwise. */
export const modelLimits = { timeoutMs: 60_000, memoryMb: 4096 } as const;

/** How to run a model. */
export interface ModelOptions {
  readonly signal?: AbortSignal;
  /** Most resident memory of its process, in MiB. */
  readonly memoryMb?: number;
  /** Threads of one run; as many as ONNX Runtime thinks right by default. */
  readonly threads?: number;
}

/**
 * Loads a model in a fresh process that no plugin shares.
 *
 * @throws {@link KitError} `FILE_INVALID` when ONNX Runtime refuses the model, `INFER_FAILED` beyond time or memory, `INTERRUPTED`.
 */
export async function openModel(path: string, options: ModelOptions = {}): Promise<Model> {
  const { signal, threads, memoryMb = modelLimits.memoryMb } = options;
  const own = new ModelProcess(path, memoryMb, signal);
  const close = () => own[Symbol.asyncDispose]();
  try {
    const loaded = await own.ask({ kind: 'load', path, limitMb: memoryMb, ...(threads !== undefined && { threads }) }, loadDeadlineMs);
    if (loaded.kind !== 'loaded') throw new TypeError(`a model answers ${loaded.kind} when it is loaded`);
    let { memory } = loaded;
    return {
      ports: loaded.ports,
      loadMs: loaded.ms,
      get memory() {
        return memory;
      },
      async run(input, tensor, limitMs = modelLimits.timeoutMs) {
        const ran = await own.ask({ kind: 'run', input, tensor }, limitMs);
        if (ran.kind !== 'ran') throw new TypeError(`a model answers ${ran.kind} when it is run`);
        memory = ran.memory;
        return { outputs: ran.outputs, ms: ran.ms };
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
