// Reads model_config.json, which says how a bare ONNX model is fed and read.
import { dirname, join } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { type ModelConfig, modelConfigSchema } from './model-config-schema.ts';

const check = lazySchema(modelConfigSchema);
const fields = 'input.width, input.height, input.color_order, input.mean, input.std and threshold';

/**
 * Reads the model_config.json beside a model.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` naming the file and the fields it needs, `FILE_INVALID` naming every bad field.
 */
export async function readModelConfig(model: string): Promise<ModelConfig> {
  const path = join(dirname(model), 'model_config.json');
  const value = await readJsonFile(path).catch((error: unknown) => {
    if (!(error instanceof KitError) || error.code !== 'FILE_NOT_FOUND') throw error;
    throw new KitError('FILE_NOT_FOUND', `${path} is missing: nothing says how ${model} is fed and read`, {
      cause: error,
      hint: `write it with ${fields}; schemas/model-config.json describes it`,
    });
  });
  const problems = check(value).map(ruleText);
  if (problems.length === 0) problems.push(...channelProblems(value as ModelConfig));
  if (problems.length === 0) return value as ModelConfig;
  throw new KitError('FILE_INVALID', `${path}: ${problems.join('; ')}`, {
    hint: `it needs ${fields}; schemas/model-config.json describes it`,
  });
}

function channelProblems({ input }: ModelConfig): string[] {
  const channels = input.color_order === 'GRAY' ? 1 : 3;
  return (['mean', 'std'] as const).flatMap((name) =>
    [1, channels].includes(input[name].length) ? [] : [`/input/${name} must have 1 or ${channels} values for ${input.color_order}`],
  );
}
