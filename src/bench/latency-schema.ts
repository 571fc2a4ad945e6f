// JSON Schemas of latencies and what is drawn of them.
import { count, number, object, text } from '../golden/report-head-schema.ts';
import { neededSamples } from './percentiles.ts';

export const flag = { type: 'boolean' } as const;
export const orNull = { type: ['number', 'null'] } as const;

/** A list. */
export function listOf<T extends object>(items: T) {
  return { type: 'array', items } as const;
}

/** Two numbers, each of which may be unknown. */
export function pair(description: string) {
  return { type: 'array', items: orNull, minItems: 2, maxItems: 2, description } as const;
}

/** Two shares of 1. */
export const share = { type: 'array', items: number, minItems: 2, maxItems: 2 } as const;

const earned = Object.entries(neededSamples).map(([name, needed]) => [name, { ...orNull, description: `null below ${needed} samples` }]);
const interval = pair('where the true value lies 95 times of 100');

/** {@link LatencyStats}. */
export const latency = object({
  samples: count,
  ...Object.fromEntries(['mean', 'std', 'min', 'median', 'max'].map((name) => [name, number])),
  ...Object.fromEntries(earned),
  interval: object({ mean: interval, median: interval, p99: interval }),
});

export const histogram = object({ fromMs: number, stepMs: number, counts: listOf(count) });

export const timeline = object({ atMs: listOf(number), latencyMs: listOf(number), samples: count });

const checkedProperties = {
  image: text,
  inspections: count,
  changes: { ...count, description: 'inspections whose result differed in some bit from the one before' },
  decisions: { type: 'object', additionalProperties: count },
  reference: { enum: ['equal', 'differs', 'stale', 'none'] },
  problems: listOf(text),
};

/** Results of a timed picture. */
export const checkedResults = object(checkedProperties);

const { inspections: _, ...ofRow } = checkedProperties;

/** A row of the table of pictures. */
export const imageRow = object({ ...ofRow, width: count, height: count, latency });
