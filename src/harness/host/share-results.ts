// Moves the arrays of results through the shared file: the child's side and the parent's.
import type { InferenceResult } from '../plugin-host.ts';
import type { SharedResult, Span } from './messages.ts';
import { readAll, writeAll } from './shared-file.ts';

/** Writes the arrays of results behind `room` and puts their places in their stead. */
export function shareResults(results: readonly InferenceResult[], descriptor: number, room: number): SharedResult[] {
  let end = room;
  const store = (bytes: Uint8Array): Span => {
    const span = { position: end, length: bytes.length };
    writeAll(descriptor, bytes, end);
    end += bytes.length;
    return span;
  };
  return results.map(({ anomalyMap, visualization, ...rest }) => ({
    ...rest,
    ...(anomalyMap && { anomalyMap: { ...anomalyMap, data: store(bytesOf(anomalyMap.data)) } }),
    ...(visualization && { visualization: { ...visualization, data: store(visualization.data) } }),
  }));
}

/** Reads the arrays back into memory of their own. */
export function takeResults(results: readonly SharedResult[], descriptor: number): InferenceResult[] {
  const load = ({ position, length }: Span): Uint8Array => {
    const bytes = new Uint8Array(length);
    readAll(descriptor, bytes, position);
    return bytes;
  };
  return results.map(({ anomalyMap, visualization, ...rest }) => ({
    ...rest,
    ...(anomalyMap && { anomalyMap: { ...anomalyMap, data: new Float32Array(load(anomalyMap.data).buffer) } }),
    ...(visualization && { visualization: { ...visualization, data: load(visualization.data) } }),
  }));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
