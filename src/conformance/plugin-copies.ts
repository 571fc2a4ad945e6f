// What a plugin said, as plain values that stay when its memory goes.

/** A copy of MVASPluginInfo; NULL strings are null. */
export interface InfoCopy {
  readonly address: bigint;
  readonly name: string | null;
  readonly version: string | null;
  readonly author: string | null;
  readonly description: string | null;
  readonly modelType: string | null;
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly inputFormat: string | null;
}

/** A copy of MVASResult and everything it points to. */
export interface ResultCopy {
  readonly decision: string | null;
  readonly confidence: number;
  readonly anomalyScore: number;
  readonly map: Plane<Float32Array>;
  /** num_bboxes times x1, y1, x2, y2, score, class. */
  readonly boxes: Plane<Float32Array>;
  /** RGB bytes. */
  readonly visualization: Plane<Uint8Array>;
  readonly details: string | null;
}

/** A buffer with the sizes the struct gave for it; data is null where the pointer was NULL. */
export interface Plane<T> {
  readonly width: number;
  readonly height: number;
  readonly data: T | null;
}

type Values = Float32Array | Uint8Array;

/** How two planes differ: in size, or as `inValues` says of planes that are equally large and not the same to the byte. */
export function planeDifference(
  name: string,
  expected: Plane<Values>,
  actual: Plane<Values>,
  inValues: (before: Values, after: Values) => string | undefined,
): string | undefined {
  const size = ({ data, width, height }: Plane<unknown>) => (data === null ? 'NULL' : `${width}×${height}`);
  if (size(expected) !== size(actual)) return `${name} ${size(actual)} instead of ${size(expected)}`;
  if (expected.data === null || actual.data === null) return undefined;
  // a hundred times quicker than a look at each value, and mostly enough
  return bytesOf(expected.data).equals(bytesOf(actual.data)) ? undefined : inValues(expected.data, actual.data);
}

function bytesOf({ buffer, byteOffset, byteLength }: Values): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/**
 * In which fields two results differ, each with both values; inference_time_ms may always.
 * Bitwise: the same pixels must give the same numbers.
 */
export function differences(expected: ResultCopy, actual: ResultCopy): string[] {
  const scalars = (['decision', 'confidence', 'anomalyScore', 'details'] as const)
    .filter((field) => !Object.is(expected[field], actual[field]))
    .map((field) => `${spelling[field]} ${show(actual[field])} instead of ${show(expected[field])}`);
  const planes = (['map', 'boxes', 'visualization'] as const)
    .map((field) => {
      const name = spelling[field];
      return planeDifference(name, expected[field], actual[field], (before, after) => bitwiseDifference(name, before, after));
    })
    .filter((text) => text !== undefined);
  return [...scalars, ...planes];
}

const spelling = {
  decision: 'decision',
  confidence: 'confidence',
  anomalyScore: 'anomaly_score',
  details: 'details_json',
  map: 'anomaly_map',
  boxes: 'bboxes',
  visualization: 'visualization',
} as const;

function show(value: string | number | null): string {
  return value === null ? 'NULL' : typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
}

function bitwiseDifference(name: string, before: Values, after: Values): string | undefined {
  let count = 0;
  let first = -1;
  for (let index = 0; index < before.length; index++)
    if (!Object.is(before[index], after[index])) {
      if (first < 0) first = index;
      count++;
    }
  return first < 0
    ? undefined
    : `${name} in ${count} of ${before.length} values, first [${first}] ${after[first]} instead of ${before[first]}`;
}
