// Copies what a plugin left in a result struct into plain values.
import { floatsPerBox } from '../abi.ts';
import type { Box, InferenceResult } from '../plugin-host.ts';
import type { NativeStruct, Pointer } from '../raw-plugin.ts';
import { memcpy } from './c-functions.ts';
import { readText } from './native-text.ts';

/** Where copies of maps and pictures go: fresh arrays, or the same ones again while the sizes stay. */
export interface ResultArrays {
  floats(count: number): Float32Array;
  bytes(count: number): Uint8Array;
}

/** Fresh arrays each time. */
export const freshArrays: ResultArrays = {
  floats: (count) => new Float32Array(count),
  bytes: (count) => new Uint8Array(count),
};

/** Arrays that are overwritten by the next result: for callers that are done with one before they ask for the next. */
export function reusedArrays(): ResultArrays {
  let floats = new Float32Array(0);
  let bytes = new Uint8Array(0);
  return {
    floats: (count) => {
      if (floats.length !== count) floats = new Float32Array(count);
      return floats;
    },
    bytes: (count) => {
      if (bytes.length !== count) bytes = new Uint8Array(count);
      return bytes;
    },
  };
}

const maxBytes = 1 << 30;

/**
 * Reads one result. A RangeError names sizes that cannot be meant; memory that cannot be read crashes the process.
 */
export function readResult(result: NativeStruct<'MVASResult'>, index: number, wallTimeMs: number, arrays: ResultArrays): InferenceResult {
  const read: { -readonly [K in keyof InferenceResult]: InferenceResult[K] } = {
    decision: readText(result.get('decision', index)) ?? 'unknown',
    confidence: result.get('confidence', index),
    anomalyScore: result.get('anomaly_score', index),
    inferenceTimeMs: result.get('inference_time_ms', index),
    boxes: boxesAt(result.get('bboxes', index), result.get('num_bboxes', index)),
    wallTimeMs,
  };
  // assigned, not spread: this runs for every inspection, and spreading costs more than reading
  const map = sized(result.get('anomaly_map', index), result.get('anomaly_map_width', index), result.get('anomaly_map_height', index));
  if (map !== undefined)
    read.anomalyMap = { width: map.width, height: map.height, data: floatsAt(map.address, map.width * map.height, arrays) };
  const picture = sized(result.get('visualization', index), result.get('viz_width', index), result.get('viz_height', index));
  if (picture !== undefined) {
    const { width, height } = picture;
    read.visualization = { width, height, data: bytesAt(picture.address, width * height * 3, arrays) };
  }
  const details = readText(result.get('details_json', index));
  if (details !== undefined) read.details = details;
  return read;
}

interface Sized {
  readonly address: Pointer;
  readonly width: number;
  readonly height: number;
}

function sized(address: Pointer, width: number, height: number): Sized | undefined {
  return address === 0n || width <= 0 || height <= 0 ? undefined : { address, width, height };
}

function floatsAt(address: Pointer, count: number, arrays: ResultArrays): Float32Array {
  const data = arrays.floats(plausible(count, 4));
  memcpy(data, address, count * 4);
  return data;
}

function bytesAt(address: Pointer, count: number, arrays: ResultArrays): Uint8Array {
  const data = arrays.bytes(plausible(count, 1));
  memcpy(data, address, count);
  return data;
}

function boxesAt(address: Pointer, count: number): Box[] {
  if (address === 0n || count <= 0) return [];
  const floats = floatsAt(address, count * floatsPerBox, freshArrays);
  return Array.from({ length: count }, (_, box) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, label = 0] = floats.subarray(box * floatsPerBox);
    return { x1, y1, x2, y2, score, class: label };
  });
}

function plausible(count: number, bytesEach: number): number {
  if (count * bytesEach <= maxBytes) return count;
  throw new RangeError(`the plugin says that an array of its result has ${count} values, more than ${maxBytes / bytesEach} are not read`);
}
