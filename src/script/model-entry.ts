// Runs one ONNX model for its parent; a process of its own, because ONNX Runtime and a plugin's libraries may not meet.
import { Worker } from 'node:worker_threads';
import { type InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { compiledModule } from '../core/kit-version.ts';
import { peakMemory } from '../core/peak-memory.ts';
import { fromHalfBits, halfBits } from './half-precision.ts';
import type { Tensor } from './model-input.ts';
import type { FedTensor, ModelAnswer, ModelMemory, ModelPort, ModelRequest } from './model-messages.ts';

let session: InferenceSession | undefined;
const before = process.memoryUsage.rss();

async function answer(request: ModelRequest): Promise<ModelAnswer> {
  const { InferenceSession: Session } = await import('onnxruntime-node');
  if (request.kind === 'load') {
    // ONNX Runtime holds this thread while it loads and runs, so another one must watch
    new Worker(compiledModule('script/memory-guard-entry.js'), { workerData: request.limitMb }).unref();
    const started = performance.now();
    // threads that wait in a loop take the cores from cameras and plugins: 0.02 ms bridge most gaps between two operators
    const extra = { session: { force_spinning_stop: '1', intra_op: { spin_duration_us: '20' } } };
    session = await Session.create(request.path, {
      extra,
      enableMemPattern: false, // the second run would plan and fill a block as large as all that the first one holds
      ...(request.threads === undefined ? {} : { intraOpNumThreads: request.threads }),
    });
    const ports = { inputs: session.inputMetadata.map(port), outputs: session.outputMetadata.map(port) };
    return { kind: 'loaded', ports, ms: performance.now() - started, memory: memory() };
  }
  if (session === undefined) return { kind: 'failed', message: 'no model is loaded' };
  const started = performance.now();
  const results = await session.run({ [request.input]: fed(request.tensor) });
  const ms = performance.now() - started;
  const outputs = Object.fromEntries(Object.entries(results).flatMap(([name, value]) => floats(name, value)));
  return { kind: 'ran', outputs, ms, memory: memory() };
}

function memory(): ModelMemory {
  return { before, peak: peakMemory(process.resourceUsage().maxRSS) };
}

function port(metadata: InferenceSession.ValueMetadata): ModelPort {
  if (!metadata.isTensor) return { name: metadata.name, type: 'no tensor', dims: [] };
  const dims = metadata.shape.map((size) => (typeof size === 'number' && size >= 0 ? size : -1));
  return { name: metadata.name, type: metadata.type, dims };
}

function fed({ data, dims, type }: FedTensor): OrtTensor {
  if (type === 'float16') return new OrtTensor('float16', halfBits(data), [...dims]);
  if (type === 'uint8') return new OrtTensor('uint8', Uint8Array.from(data), [...dims]);
  return new OrtTensor('float32', Float32Array.from(data), [...dims]);
}

/** Outputs of real numbers; labels and texts are nothing that a verdict is taken from. */
function floats(name: string, { data, dims, type }: { data: unknown; dims: readonly number[]; type: string }): [string, Tensor][] {
  if (data instanceof Float32Array) return [[name, { data, dims }]];
  if (data instanceof Float64Array) return [[name, { data: Float32Array.from(data), dims }]];
  if (type === 'float16' && data instanceof Uint16Array) return [[name, { data: fromHalfBits(data), dims }]];
  return [];
}

process.on('message', (request: ModelRequest) => {
  answer(request)
    .catch((error: unknown): ModelAnswer => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }))
    .then((reply) => process.send?.(reply))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
