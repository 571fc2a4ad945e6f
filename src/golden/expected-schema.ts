// JSON Schema of expected_results.json: the tolerances' names come from their defaults.
import { sha256Schema } from '../schema/sha256-schema.ts';
import { defaultTolerance } from './tolerance.ts';

const limit = { type: 'number', minimum: 0 } as const;
const size = { type: 'integer', minimum: 1 } as const;

const path = {
  type: 'string',
  pattern: '^(?!/)(?!.*(^|/)\\.\\.?(/|$))(?!.*//)[^\\\\:\\u0000]+$',
  description: 'a relative path with / between folders and without ..',
} as const;

const score = {
  oneOf: [
    { type: 'number' },
    object({ min: { type: 'number' }, max: { type: 'number' } }, ['min', 'max']),
    object({ value: { type: 'number' }, abs: limit, rel: limit }, ['value']),
  ],
} as const;

const box = object(
  {
    ...Object.fromEntries(['x1', 'y1', 'x2', 'y2', 'score'].map((name) => [name, { type: 'number' }])),
    class: { type: 'integer', minimum: 0 },
    label: { type: 'string' },
  },
  ['x1', 'y1', 'x2', 'y2', 'score', 'class'],
);

const tolerance = object(
  Object.fromEntries(
    Object.entries(defaultTolerance).map(([group, limits]) => {
      const named = Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, { ...limit, default: value }]));
      const ignore = { type: 'array', items: { type: 'string', pattern: '^(/.*)?$', description: 'a JSON pointer' } };
      return [group, object(group === 'details' ? { ...named, ignore } : named)];
    }),
  ),
);

const provenance = object(
  {
    model: { ...sha256Schema, type: ['string', 'null'] },
    config: sha256Schema,
    image: sha256Schema,
    plugin: sha256Schema,
    kit: { type: 'string' },
    platform: { type: 'string' },
    reason: { type: 'string' },
    spread: object({ confidence: limit, anomaly_score: limit, anomaly_map: limit }, ['confidence', 'anomaly_score', 'anomaly_map']),
  },
  ['model', 'config', 'image'],
);

const decision = { type: 'string', minLength: 1 } as const;

const oneImage = object(
  {
    image: path,
    decision: { oneOf: [decision, { type: 'array', items: decision, minItems: 1 }] },
    confidence: score,
    anomaly_score: score,
    bboxes: { type: 'array', items: box },
    details: {},
    anomaly_map: {
      ...object({ file: path, width: size, height: size, min: { type: 'number' }, max: { type: 'number' }, mean: { type: 'number' } }, [
        'file',
        'width',
        'height',
      ]),
      type: ['object', 'null'],
    },
    visualization: { ...object({ file: path, width: size, height: size }, ['file', 'width', 'height']), type: ['object', 'null'] },
    pixels_sha256: sha256Schema,
    provenance,
    tolerance,
  },
  ['image', 'decision'],
);

/** Describes expected_results.json. */
export const expectedResultsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/expected-results.json',
  title: 'Golden references of an MVAS plugin',
  ...object({ $schema: { type: 'string' }, tolerance, images: { type: 'array', items: oneImage } }, ['images']),
} as const;

function object(properties: Readonly<Record<string, unknown>>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, required, properties } as const;
}
