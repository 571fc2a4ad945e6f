// JSON Schema of thresholds.json, and of the thresholds inside rules.json: from which score on a part is looked at, or refused.

/** Two limits for each score that has some; below `pass` a part is good, below `review` somebody looks at it, above it is refused. */
export const thresholdsOf = {
  type: 'object',
  additionalProperties: false,
  required: ['pass', 'review'],
  properties: {
    pass: { type: 'number', description: 'below it a part passes' },
    review: { type: 'number', description: 'below it somebody looks at the part, from it on the part fails' },
  },
} as const;

/** Describes thresholds.json. */
export const thresholdsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://mvas.io/schema/thresholds.json',
  title: 'Decision thresholds of an MVAS app, by the name of the score',
  type: 'object',
  properties: { $schema: { type: 'string' } },
  additionalProperties: thresholdsOf,
} as const;
