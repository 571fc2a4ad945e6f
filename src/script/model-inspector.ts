// A bare ONNX model that inspects pictures as its model_config.json says: the reference for native code.
import { KitError } from '../core/kit-error.ts';
import type { Picture } from '../image/picture.ts';
import { readModelConfig } from './model-config.ts';
import type { ModelConfig } from './model-config-schema.ts';
import { modelInput } from './model-input.ts';
import type { ModelPort, ModelPorts } from './model-messages.ts';
import { type ModelVerdict, readModelOutput } from './model-output.ts';
import { openModel } from './open-model.ts';

/** A model that is ready to inspect pictures. */
export interface ModelInspector extends AsyncDisposable {
  readonly config: ModelConfig;
  /** Inspects one picture of any size; `ms` is the run of the model alone. */
  inspect(picture: Picture): Promise<ModelVerdict & { readonly ms: number }>;
}

/**
 * Opens a model in a process of its own.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` for model and configuration, and where they do not fit each other.
 */
export async function openModelInspector(path: string, signal?: AbortSignal): Promise<ModelInspector> {
  const config = await readModelConfig(path);
  const model = await openModel(path, signal && { signal });
  try {
    const input = fittingInput(path, model.ports, config);
    return {
      config,
      async inspect(picture) {
        const { outputs, ms } = await model.run(input.name, { ...modelInput(picture, config), type: 'float32' });
        return { ...readModelOutput(outputs, config), ms };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(model[Symbol.asyncDispose]()),
    };
  } catch (error) {
    await model[Symbol.asyncDispose]();
    throw error;
  }
}

/** The input that the configuration means, when it takes what the configuration makes. */
function fittingInput(path: string, { inputs }: ModelPorts, { input }: ModelConfig): ModelPort {
  const names = inputs.map(({ name }) => name).join(', ');
  const found = input.name === undefined ? (inputs.length === 1 ? inputs[0] : undefined) : inputs.find(({ name }) => name === input.name);
  if (found === undefined)
    throw unfit(
      path,
      input.name === undefined ? `has the inputs ${names}: input.name must say which` : `has no input ${input.name}, only ${names}`,
    );
  const channels = input.color_order === 'GRAY' ? 1 : 3;
  const { width, height, layout = 'NCHW' } = input;
  const made = layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
  const fits = found.dims.length === 4 && found.dims.every((size, at) => size === -1 || size === made[at]);
  if (found.type === 'float32' && fits) return found;
  throw unfit(
    path,
    `takes ${found.type} ${found.dims.map((size) => (size === -1 ? '?' : size)).join('×')}, and model_config.json makes float32 ${made.join('×')}`,
  );
}

function unfit(path: string, rule: string): KitError {
  return new KitError('FILE_INVALID', `${path} ${rule}`, { hint: 'mend input in the model_config.json beside it' });
}
