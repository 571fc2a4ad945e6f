// Runs one ONNX model for its parent; a process of its own, because ONNX Runtime and a plugin's libraries may not meet.
import { type InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Tensor } from './model-input.ts';
import type { ModelAnswer, ModelPort, ModelRequest } from './model-messages.ts';

let session: InferenceSession | undefined;

async function answer(request: ModelRequest): Promise<ModelAnswer> {
  const { InferenceSession: Session } = await import('onnxruntime-node');
  if (request.kind === 'load') {
    session = await Session.create(request.path);
    return { kind: 'loaded', ports: { inputs: session.inputMetadata.map(port), outputs: session.outputMetadata.map(port) } };
  }
  if (session === undefined) return { kind: 'failed', message: 'no model is loaded' };
  const { data, dims } = request.tensor;
  const started = performance.now();
  const results = await session.run({ [request.input]: new OrtTensor('float32', data, [...dims]) });
  const ms = performance.now() - started;
  const outputs = Object.fromEntries(Object.entries(results).flatMap(([name, value]) => floats(name, value)));
  return { kind: 'ran', outputs, ms };
}

function port(metadata: InferenceSession.ValueMetadata): ModelPort {
  if (!metadata.isTensor) return { name: metadata.name, type: 'no tensor', dims: [] };
  const dims = metadata.shape.map((size) => (typeof size === 'number' && size >= 0 ? size : -1));
  return { name: metadata.name, type: metadata.type, dims };
}

function floats(name: string, { data, dims }: { data: unknown; dims: readonly number[] }): [string, Tensor][] {
  return data instanceof Float32Array ? [[name, { data, dims }]] : [];
}

process.on('message', (request: ModelRequest) => {
  answer(request)
    .catch((error: unknown): ModelAnswer => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }))
    .then((reply) => process.send?.(reply))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
