// The buffers of a result: whether pointer and sizes fit together, and whether they can be read whole.
import { floatsPerBox } from '../harness/abi.ts';
import type { NativeMemory } from '../harness/native-memory.ts';
import type { NativeResult } from './check-context.ts';

/** A field of a result that points to data with sizes. */
export type BufferName = 'anomaly_map' | 'bboxes' | 'visualization';

const sizes = {
  anomaly_map: { fields: ['anomaly_map_width', 'anomaly_map_height'], bytesEach: 4 },
  bboxes: { fields: ['num_bboxes'], bytesEach: 4 * floatsPerBox },
  visualization: { fields: ['viz_width', 'viz_height'], bytesEach: 3 },
} as const;

/** Bytes that a buffer must have by its sizes; 0 where one of them is not positive. */
export function bufferBytes(result: NativeResult, name: BufferName, index = 0): number {
  const { fields, bytesEach } = sizes[name];
  return fields.reduce((product, field) => product * Math.max(0, result.get(field, index)), bytesEach);
}

/** What is wrong with a buffer before its content is looked at. */
export function bufferProblem(memory: NativeMemory, result: NativeResult, name: BufferName): string | undefined {
  const { fields } = sizes[name];
  const address = result.get(name);
  const values = fields.map((field) => [field, result.get(field)] as const);
  const words = values.map(([field, value]) => `${field} is ${value}`).join(' and ');
  if (values.some(([, value]) => value < 0)) return words;
  const bytes = bufferBytes(result, name);
  if (address === 0n) return values.some(([, value]) => value > 0) ? `${name} is NULL, but ${words}` : undefined;
  if (bytes === 0) return `${name} points somewhere, but ${words}`;
  const readable = memory.extent(address);
  return readable === undefined || readable >= bytes
    ? undefined
    : `${words}, but only ${readable} of ${bytes} bytes of ${name} can be read`;
}
