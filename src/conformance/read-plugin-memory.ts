// Copies what a plugin's structs point to.
import { floatsPerBox } from '../harness/abi.ts';
import type { NativeMemory } from '../harness/native-memory.ts';
import type { FieldName, NativeStruct, Pointer } from '../harness/raw-plugin.ts';
import type { InfoCopy, Plane, ResultCopy } from './plugin-copies.ts';

const longestText = 1 << 24;

/** Text at an address; null for NULL. What is no UTF-8 becomes U+FFFD; a text without end is cut after 16 MiB. */
export function readText(memory: NativeMemory, address: Pointer): string | null {
  if (address === 0n) return null;
  const bytes = memory.readText(address, longestText) ?? memory.read(address, longestText);
  return new TextDecoder().decode(bytes);
}

/** Copies an MVASPluginInfo. */
export function copyInfo(memory: NativeMemory, address: Pointer): InfoCopy | null {
  if (address === 0n) return null;
  const view = new DataView(memory.read(address, 56).slice().buffer);
  const text = (offset: number) => readText(memory, view.getBigUint64(offset, true));
  return {
    address,
    name: text(0),
    version: text(8),
    author: text(16),
    description: text(24),
    modelType: text(32),
    inputWidth: view.getInt32(40, true),
    inputHeight: view.getInt32(44, true),
    inputFormat: text(48),
  };
}

/** Copies an MVASResult, one of several by its index; sizes that are negative or beyond all reason are copied as no data. */
export function copyResult(memory: NativeMemory, result: NativeStruct<'MVASResult'>, index = 0): ResultCopy {
  const field = <F extends FieldName<'MVASResult'>>(name: F) => result.get(name, index);
  const bytes = (address: Pointer, count: number) => (address === 0n || !isPlausible(count) ? null : memory.read(address, count).slice());
  const floats = (address: Pointer, count: number) => {
    const copy = bytes(address, count * 4);
    return copy === null ? null : new Float32Array(copy.buffer, 0, count);
  };
  const sized = <T>(width: number, height: number, read: (count: number) => T | null): Plane<T> => {
    return { width, height, data: width > 0 && height > 0 ? read(width * height) : null };
  };
  return {
    decision: readText(memory, field('decision')),
    confidence: field('confidence'),
    anomalyScore: field('anomaly_score'),
    map: sized(field('anomaly_map_width'), field('anomaly_map_height'), (count) => floats(field('anomaly_map'), count)),
    boxes: sized(floatsPerBox, field('num_bboxes'), (count) => floats(field('bboxes'), count)),
    visualization: sized(field('viz_width'), field('viz_height'), (count) => bytes(field('visualization'), count * 3)),
    details: readText(memory, field('details_json')),
  };
}

function isPlausible(bytes: number): boolean {
  return bytes > 0 && bytes <= 1 << 30;
}
