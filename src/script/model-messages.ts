// What the model process and its parent say to each other, over node IPC with advanced serialization.
import type { Tensor } from './model-input.ts';
import type { ModelTensor } from './transforms/pixels.ts';

/** What the parent asks. */
export type ModelRequest =
  | { readonly kind: 'load'; readonly path: string; readonly threads?: number }
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

/** What the process answers, one answer a request. */
export type ModelAnswer =
  | { readonly kind: 'loaded'; readonly ports: ModelPorts }
  | { readonly kind: 'ran'; readonly outputs: Readonly<Record<string, Tensor>>; readonly ms: number }
  | { readonly kind: 'failed'; readonly message: string };

/** What a model is fed with; values of float16 are rounded already. */
export type FedTensor = Pick<ModelTensor, 'data' | 'dims' | 'type'>;
