// Results as JSON, small enough to be compared between processes.
import { createHash } from 'node:crypto';
import type { Plane, ResultCopy } from './plugin-copies.ts';
import { quoted } from './result-problems.ts';

/** Each field of a result, buffers as size and hash; 'refused with −7' where there is none. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Takes it of what an inspection gave. */
export function fingerprint({ code, result }: { readonly code: number; readonly result: ResultCopy | undefined }): Fingerprint {
  if (result === undefined) return { code: `${code}` };
  const { decision, confidence, anomalyScore, map, boxes, visualization, details } = result;
  return {
    code: '0',
    decision: quoted(decision),
    confidence: `${confidence}`,
    anomaly_score: `${anomalyScore}`,
    anomaly_map: planeText(map),
    bboxes: planeText(boxes),
    visualization: planeText(visualization),
    details_json: quoted(details),
  };
}

function planeText({ data, width, height }: Plane<Float32Array | Uint8Array>): string {
  if (data === null) return 'NULL';
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return `${width}×${height} #${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
}

/** Fields in which results differ that two processes made in the same way: they depend on the process, and tell of nothing else. */
export function unsteadyFields(one: readonly Fingerprint[], again: readonly Fingerprint[]): ReadonlySet<string> {
  return new Set(one.flatMap((result, at) => differing(result, again[at] ?? {})));
}

/** The first field in which they differ, in words; not one of those that are ignored. */
export function fingerprintDifference(
  expected: Fingerprint,
  actual: Fingerprint,
  ignored: ReadonlySet<string> = new Set(),
): string | undefined {
  const field = differing(expected, actual).find((name) => !ignored.has(name));
  return field === undefined ? undefined : `${field} is ${actual[field] ?? 'absent'} instead of ${expected[field] ?? 'absent'}`;
}

function differing(one: Fingerprint, other: Fingerprint): string[] {
  return Object.keys({ ...one, ...other }).filter((name) => one[name] !== other[name]);
}
