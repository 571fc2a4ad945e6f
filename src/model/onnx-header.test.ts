import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onnxModel } from '../../test/onnx-model.ts';
import { seededRandom } from '../../test/random.ts';
import { MalformedStream } from './byte-stream.ts';
import { readOnnxHeader } from './onnx-header.ts';

const templateModel = join(import.meta.dirname, '../../templates/cpp-onnx/models/model.onnx');

/** The bytes in pieces of a few bytes, as a stream may bring them. */
async function* inPieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const small = onnxModel({
  input: { type: 'uint8', shape: ['batch', 3, 4] },
  output: { type: 'float', shape: [1] },
  operator: 'Cast',
  attributes: { to: 1 },
});

test('inputs, outputs, opset and open sizes are read, however the bytes come', async () => {
  const header = {
    irVersion: 8,
    opset: 13,
    producer: '',
    inputs: [{ name: 'input', type: 'uint8', shape: ['batch', 3, 4] }],
    outputs: [{ name: 'output', type: 'float32', shape: [1] }],
    nodeCount: 1,
  };
  for (const size of [1, 7, 1000]) expect(await readOnnxHeader(inPieces(small, size))).toEqual(header);
});

test('a model that is cut off anywhere, or none at all, is said to be one', async () => {
  for (let length = 0; length < small.length; length++)
    await expect(readOnnxHeader(inPieces(small.subarray(0, length))), String(length)).rejects.toThrow(MalformedStream);
  await expect(readOnnxHeader(inPieces(Buffer.from('GIF89a no model')))).rejects.toThrow(MalformedStream);
});

test('changed models are read or refused, and never anything else', async () => {
  const bytes = await readFile(templateModel);
  const random = seededRandom(7);
  let refused = 0;
  for (let round = 0; round < 300; round++) {
    const changed = Buffer.from(bytes);
    for (let change = 0; change <= random(4); change++) changed[random(round % 2 === 0 ? changed.length : 600)] = random(256);
    await readOnnxHeader(inPieces(changed, 4096)).catch((error: unknown) => {
      expect(error).toBeInstanceOf(MalformedStream);
      refused += 1;
    });
  }
  expect(refused).toBeGreaterThan(5);
});
