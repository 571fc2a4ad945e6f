// What the model process and its parent say to each other, over node IPC with advanced serialization.
import type { Tensor } from './model-input.ts';
import type { ModelTensor } from './transforms/pixels.ts';

/** What the parent asks. */
export type ModelRequest =
  | { readonly kind: 'load'; readonly path: string; readonly threads?: number; readonly limitMb: number }
  | { readonly kind: 'run'; readonly input: string; readonly tensor: FedTensor };

/** One input or output of a model; -1 where a dimension is free. */
export interface ModelPort {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
}

/** What a loaded model takes and gives. */
export interface ModelPorts {
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
}

/** Resident memory of the model's process before it loaded the model, and at its highest since; bytes. */
export interface ModelMemory {
  readonly before: number;
  readonly peak: number;
}

/** What the process answers, one answer a request. */
export type ModelAnswer =
  | { readonly kind: 'loaded'; readonly ports: ModelPorts; readonly ms: number; readonly memory: ModelMemory }
  | { readonly kind: 'ran'; readonly outputs: Readonly<Record<string, Tensor>>; readonly ms: number; readonly memory: ModelMemory }
  | { readonly kind: 'failed'; readonly message: string };

/** What a model is fed with; values of float16 are rounded already. */
export type FedTensor = Pick<ModelTensor, 'data' | 'dims' | 'type'>;

/** What the process writes to its standard error before it ends itself for want of memory. */
export const beyondMemory = 'mvas: more memory than the model may have';
