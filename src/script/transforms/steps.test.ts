import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../image/picture.ts';
import { fromHalfBits } from '../half-precision.ts';
import { pixelsOf, type Value } from './pixels.ts';
import { defaults, type Operation, runStep } from './steps.ts';
import { asTensor } from './to-tensor.ts';

interface Described {
  readonly dtype: 'uint8' | 'float32' | 'float16';
  readonly shape: string;
  readonly base64: string;
}

interface References {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly cases: readonly {
    readonly input: string;
    readonly pipeline: readonly { readonly op: Operation; readonly params?: Readonly<Record<string, unknown>> }[];
    readonly output: Described;
  }[];
}

const references: References = JSON.parse(
  await readFile(join(import.meta.dirname, '../../../test/fixtures/transforms/references.json'), 'utf8'),
);

function valuesOf({ dtype, base64 }: Described): Uint8Array | Float32Array {
  const bytes = Buffer.copyBytesFrom(Buffer.from(base64, 'base64'));
  if (dtype === 'uint8') return bytes;
  if (dtype === 'float32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return fromHalfBits(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
}

function pictureOf(described: Described): Picture {
  const [height = 0, width = 0] = described.shape.split('x').map(Number);
  return { path: 'picture.png', width, height, channels: 3, data: valuesOf(described) as Uint8Array };
}

/** The disk that the script with the references draws. */
function disk(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) - Math.floor(width / 2), Math.floor(at / width) - Math.floor(height / 2)];
    return x * x + y * y <= Math.floor(height / 3) ** 2 ? 200 : 0;
  });
  return { path: 'mask.png', width, height, channels: 1, data };
}

function run(pipeline: References['cases'][number]['pipeline'], picture: Picture): Value {
  const colours = pipeline[0]?.op === 'bgr2rgb' ? 'BGR' : 'RGB';
  const start: Value = { ...pixelsOf(picture, 'RGB'), order: colours };
  return pipeline.reduce<Value>((value, { op, params }) => {
    const step = { op, params: { ...defaults[op], ...params } };
    return runStep(value, op === 'apply_mask' ? { ...step, mask: disk(picture.width, picture.height) } : step);
  }, start);
}

describe('every transform gives what OpenCV and NumPy give, within one grey value or 1e-5', () => {
  test.each(references.cases.map((one) => [`${one.input}: ${JSON.stringify(one.pipeline)}`, one] as const))('%s', (_title, reference) => {
    const input = references.inputs[reference.input];
    if (input === undefined) throw new Error('the input is there');
    const given = asTensor(run(reference.pipeline, pictureOf(input)));
    const wanted = valuesOf(reference.output);
    expect({ dims: given.dims.join('x'), type: given.type }).toEqual({ dims: reference.output.shape, type: reference.output.dtype });
    const furthest = Array.from(wanted).reduce((most, value, at) => Math.max(most, Math.abs(value - (given.data[at] ?? Number.NaN))), 0);
    expect(furthest).toBeLessThanOrEqual({ uint8: 1, float32: 1e-5, float16: 2 ** -9 }[reference.output.dtype]);
  });
});
