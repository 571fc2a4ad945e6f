// The header of a model, read without running it, is what ONNX Runtime says of it.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { readOnnxHeader } from '../src/model/onnx-header.ts';

const templateModel = join(import.meta.dirname, '../templates/cpp-onnx/models/model.onnx');

test('a real model says what onnxruntime says of it', async () => {
  const session = await InferenceSession.create(templateModel, { logSeverityLevel: 3 });
  const { inputs, outputs } = await readOnnxHeader(createReadStream(templateModel));
  expect(inputs.map(({ name }) => name)).toEqual(session.inputNames);
  expect(outputs.map(({ name }) => name)).toEqual(session.outputNames);
  const facts = session.inputMetadata.map((tensor) => (tensor.isTensor ? { type: tensor.type, rank: tensor.shape.length } : undefined));
  expect(inputs.map(({ type, shape }) => ({ type, rank: shape.length }))).toEqual(facts);
  await session.release();
});
