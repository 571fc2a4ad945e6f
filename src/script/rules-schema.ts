// JSON Schema of rules.json: how a script's scores become a decision, and what it returns with it.
import { thresholdsOf } from './thresholds-schema.ts';

const flag = { type: 'boolean' } as const;
const text = { type: 'string', minLength: 1 } as const;

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['condition', 'decision'],
  properties: {
    condition: { ...text, description: 'comparisons of scores with numbers, joined by AND and OR' },
    decision: { enum: ['pass', 'fail', 'review'] },
    confidence_source: { ...text, description: 'the score that the confidence is taken from' },
  },
} as const;

/** Describes rules.json. */
export const rulesSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/rules.json',
  title: 'Decision rules of an MVAS script',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    thresholds: { type: 'object', additionalProperties: thresholdsOf },
    decision_logic: {
      type: 'object',
      additionalProperties: false,
      properties: {
        primary: { ...text, description: 'the score that decides where no rule does' },
        rules: { type: 'array', items: rule },
      },
    },
    outputs: {
      type: 'object',
      additionalProperties: false,
      properties: {
        include_anomaly_map: flag,
        include_bounding_boxes: flag,
        include_heatmap_overlay: flag,
        defect_min_area: { type: 'integer', minimum: 0, default: 100, description: 'smaller defects get no box, in pixels' },
      },
    },
    visualization: {
      type: 'object',
      additionalProperties: false,
      properties: {
        heatmap_colormap: { ...text, default: 'jet' },
        heatmap_alpha: { type: 'number', minimum: 0, maximum: 1, default: 0.5 },
        bbox_color: { type: 'string', pattern: '^#[0-9A-Fa-f]{6}$', description: 'a colour such as "#FF0000"', default: '#FF0000' },
        bbox_thickness: { type: 'integer', minimum: 1, default: 2 },
      },
    },
  },
} as const;
