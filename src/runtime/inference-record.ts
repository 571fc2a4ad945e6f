// A result in the words and shape that the documents give it, as JSON and REST show it.
import { type ErrorCode, KitError } from '../core/kit-error.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';

/** A box in pixels of the submitted image; `label` where the manifest names its class. */
export interface RecordedBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly score: number;
  readonly class: number;
  readonly label?: string;
}

/** What an inspection found. */
export interface InferenceRecord {
  /** Path of the picture, relative to the working folder. */
  readonly image: string;
  readonly decision: string;
  readonly confidence: number;
  readonly anomaly_score: number;
  /** The plugin's own figure. */
  readonly inference_time_ms: number;
  /** `file` is a .npy of float32, height · width values, relative to the output folder. */
  readonly anomaly_map: {
    readonly width: number;
    readonly height: number;
    readonly file?: string;
    readonly min: number;
    readonly max: number;
    readonly mean: number;
  } | null;
  readonly bboxes: readonly RecordedBox[];
  /** The overlay picture, relative to the output folder. */
  readonly visualization: string | null;
  /** The plugin's JSON object; its text where that is no JSON. */
  readonly details: unknown;
  /** What the call took by the host's clock. */
  readonly wall_time_ms: number;
}

/** A picture that could not be inspected. */
export interface FailedRecord {
  readonly image: string;
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint?: string };
}

/** Files that were written for an inspection, relative to the output folder. */
export interface WrittenFiles {
  readonly map?: string;
  readonly overlay: string;
}

/** The record of a result; `classes` are the manifest's names of the box classes. */
export function toRecord(image: string, result: InferenceResult, classes: readonly string[] = [], files?: WrittenFiles): InferenceRecord {
  return {
    image,
    decision: result.decision,
    confidence: shortest(result.confidence),
    anomaly_score: shortest(result.anomalyScore),
    inference_time_ms: shortest(result.inferenceTimeMs),
    anomaly_map:
      result.anomalyMap === undefined ? null : { ...mapSummary(result.anomalyMap), ...(files?.map !== undefined && { file: files.map }) },
    bboxes: result.boxes.map((box) => recordBox(box, classes)),
    visualization: files?.overlay ?? null,
    details: parseDetails(result.details),
    wall_time_ms: Math.round(result.wallTimeMs * 1000) / 1000,
  };
}

/** The record of a picture that could not be inspected; anything but a KitError is thrown on. */
export function toFailedRecord(image: string, error: unknown): FailedRecord {
  if (!(error instanceof KitError)) throw error;
  const { code, message, hint } = error;
  return { image, error: { code, message, ...(hint !== undefined && { hint }) } };
}

function recordBox(box: InferenceResult['boxes'][number], classes: readonly string[]): RecordedBox {
  const label = classes[box.class];
  const [x1, y1, x2, y2, score] = [box.x1, box.y1, box.x2, box.y2, box.score].map(shortest);
  return { x1: x1 ?? 0, y1: y1 ?? 0, x2: x2 ?? 0, y2: y2 ?? 0, score: score ?? 0, class: box.class, ...(label !== undefined && { label }) };
}

function mapSummary({ width, height, data }: NonNullable<InferenceResult['anomalyMap']>) {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of data) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { width, height, min: shortest(min), max: shortest(max), mean: shortest(Math.fround(sum / data.length)) };
}

/** The shortest decimal that is the same 32 bit float, so that 0.9 is not printed as 0.8999999761581421. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}

function parseDetails(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Why a record says that its picture was not inspected, on one line. */
export function failureText({ error }: FailedRecord): string {
  return `${error.code}: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`;
}
