// JSON Schema of model_config.json: how a bare ONNX model is fed and read.
import type { FromSchema } from 'json-schema-to-ts';

const pixels = { type: 'integer', minimum: 1, maximum: 16384 } as const;
const perChannel = { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 3 } as const;

/** Describes model_config.json. Fields that it does not name are for the plugin's own use. */
export const modelConfigSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/model-config.json',
  title: 'How an ONNX model is fed and read',
  type: 'object',
  required: ['input', 'threshold'],
  properties: {
    $schema: { type: 'string' },
    input: {
      type: 'object',
      required: ['width', 'height', 'color_order', 'mean', 'std'],
      properties: {
        name: { type: 'string', description: 'the model’s input; default its only one' },
        width: { ...pixels, description: 'pictures are stretched to this width, bilinear, rounded to whole grey values' },
        height: pixels,
        color_order: { enum: ['RGB', 'BGR', 'GRAY'] },
        layout: { enum: ['NCHW', 'NHWC'], default: 'NCHW' },
        scale: { type: 'number', exclusiveMinimum: 0, default: 255, description: 'grey values are divided by it before mean and std' },
        mean: { ...perChannel, description: 'subtracted, one value for all channels or one each, in the colour order' },
        std: {
          type: 'array',
          items: { type: 'number', exclusiveMinimum: 0 },
          minItems: 1,
          maxItems: 3,
          description: 'divides, one value for all channels or one each, in the colour order',
        },
      },
    },
    output: {
      type: 'object',
      properties: {
        map: { type: 'string', description: 'the output that is the anomaly map; default the only one with two dimensions over 1' },
        score: {
          type: 'string',
          description: 'the output that is the anomaly score; default the only single value, else the map’s maximum',
        },
        type: { type: 'string' },
        width: { ...pixels, description: 'width of the map, checked' },
        height: { ...pixels, description: 'height of the map, checked' },
      },
    },
    threshold: { type: 'number', description: 'a score of at least this fails' },
    review_ratio: { type: 'number', minimum: 0, maximum: 1, default: 1, description: 'from this share of the threshold on a person looks' },
  },
} as const;

/** What model_config.json says. */
export type ModelConfig = FromSchema<typeof modelConfigSchema>;
