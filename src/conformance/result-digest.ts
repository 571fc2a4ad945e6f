// Results as short texts that travel between processes: planes become digests.
import { sha256Hex } from '../core/digest.ts';
import type { PluginFor } from './check-context.ts';
import type { Plane, ResultCopy } from './plugin-copies.ts';
import { describeImage, type TestImage } from './test-image.ts';

/** Every field by its name in the header, as text; inference_time_ms is left out, it may always differ. */
type ResultDigest = Readonly<Record<string, string>>;

/** What an image was, and the digest of its result. */
export interface ObservedResult {
  readonly image: string;
  readonly result: ResultDigest;
}

/** Inspects and digests each image. */
export function observeResults(plugin: PluginFor<'mvas_infer'>, images: readonly TestImage[]): ObservedResult[] {
  return images.map((image) => ({ image: describeImage(image), result: digestResult(plugin.inspect(image)) }));
}

function digestResult({ decision, confidence, anomalyScore, map, boxes, visualization, details }: ResultCopy): ResultDigest {
  return {
    decision: `${decision}`,
    confidence: number(confidence),
    anomaly_score: number(anomalyScore),
    anomaly_map: plane(map),
    bboxes: plane(boxes),
    visualization: plane(visualization),
    details_json:
      details === null ? 'NULL' : details.length <= 80 ? details : `${details.slice(0, 60)}… (SHA-256 ${sha256Hex(details).slice(0, 12)})`,
  };
}

/** JSON has neither NaN nor −0. */
function number(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

function plane({ width, height, data }: Plane<Float32Array | Uint8Array>): string {
  if (data === null) return 'NULL';
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return `${width}×${height} values with SHA-256 ${sha256Hex(bytes).slice(0, 12)}`;
}

/** Fields in which results of the same images differ, as "64×48 RGB, stride 192: decision pass and fail"; `ignored` holds image and field. */
export function digestDifferences(
  expected: readonly ObservedResult[],
  actual: readonly ObservedResult[],
  ignored: ReadonlySet<string> = new Set(),
): { key: string; text: string }[] {
  return expected.flatMap(({ image, result }, index) =>
    Object.entries(result).flatMap(([field, before]) => {
      const after = actual[index]?.result[field];
      const key = `${index} ${field}`;
      return after === before || ignored.has(key) ? [] : [{ key, text: `${image}: ${field} ${before} and ${after}` }];
    }),
  );
}
