import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type OnnxModelOptions, onnxModel } from '../../../test/onnx-model.ts';
import { scratchFolder } from '../../../test/scratch.ts';
import { smallModels } from '../../../test/small-models.ts';
import { type ModelWishes, proposeModel } from './propose-model.ts';

const float = (...shape: readonly (number | string)[]) => ({ type: 'float', shape }) as const;
const image = float(1, 3, 64, 64);

async function propose(model: Uint8Array | OnnxModelOptions, wishes: ModelWishes = {}) {
  const path = join(await scratchFolder(), 'my.onnx');
  await writeFile(path, model instanceof Uint8Array ? model : onnxModel(model));
  return await proposeModel(path, wishes);
}

const ofShapes = (input: OnnxModelOptions['input'], output: OnnxModelOptions['output'], more: OnnxModelOptions['more'] = {}) =>
  propose({ input, output, operator: 'Identity', more });

test('inputs and outputs say what a plugin is like', async () => {
  const facts = Object.fromEntries(
    await Promise.all(Object.entries(smallModels).map(async ([name, { model }]) => [name, (await propose(model)).facts] as const)),
  );
  expect(facts['map-colour']).toMatchObject({
    kind: 'map',
    width: 64,
    height: 48,
    channels: 3,
    layout: 'NCHW',
    outputWidth: 64,
    outputHeight: 48,
    normalise: 'imagenet',
  });
  expect(facts['map-grey-open']).toMatchObject({ kind: 'map', width: 256, height: 256, channels: 1, outputWidth: 256, normalise: 'unit' });
  expect(facts['map-channels-last']).toMatchObject({ kind: 'map', width: 32, height: 32, channels: 3, layout: 'NHWC' });
  expect(facts['score-grey']).toMatchObject({ kind: 'score', channels: 1, outputWidth: 1, outputHeight: 1 });
  expect(facts['score-colour']).toMatchObject({ kind: 'score', channels: 3 });
  expect(facts['classes-three']).toMatchObject({ kind: 'classes', outputWidth: 3 });
});

test('of several outputs the map is taken before a score, and labels and masks of other types are left out', async () => {
  const more = {
    outputs: { pred_score: float(1), anomaly_map: float(1, 1, 32, 32), mask: { type: 'uint8', shape: [1, 1, 32, 32] } as const },
  };
  const { facts } = await ofShapes(image, { type: 'int64', shape: [1] }, more);
  expect(facts).toMatchObject({ kind: 'map', outputName: 'anomaly_map', outputIndex: 2, outputWidth: 32, outputHeight: 32 });
});

test('what the file leaves open is asked for or assumed, and said', async () => {
  const open = smallModels['map-grey-open']?.model ?? new Uint8Array();
  expect((await propose(open, { size: '80x40' })).facts).toMatchObject({ width: 80, height: 40, outputWidth: 80, outputHeight: 40 });
  const { notes } = await propose(open);
  expect(notes.join('\n')).toMatch(/any size: 256x256[\s\S]*--normalize/);
  expect((await ofShapes(image, float(1, '?', '?'))).notes.join('\n')).toMatch(/how large its map output is: 64x64/);
  await expect(propose(open, { size: 'large' })).rejects.toMatchObject({ code: 'FLAG_INVALID' });
  await expect(propose(smallModels['map-colour']?.model ?? open, { size: '80x48' })).rejects.toMatchObject({
    code: 'FLAG_INVALID',
    message: expect.stringContaining('64 pixels wide'),
  });
});

test('what the kit cannot do is refused with its reason and the model’s inputs and outputs', async () => {
  const map = float(1, 64, 64);
  for (const [reason, proposal] of [
    [/has 2 inputs/, () => ofShapes(image, map, { inputs: { mask: image } })],
    [/takes uint8/, () => ofShapes({ type: 'uint8', shape: [1, 3, 64, 64] }, map)],
    [/does not take images: .*four dimensions/, () => ofShapes(float(1, 100), float(1))],
    [/1 or 3 channels/, () => ofShapes(float(1, 4, 64, 64), map)],
    [/1 or 3 channels/, () => ofShapes(float('N', 'C', 'H', 'W'), map)],
    [/takes 8 images at once/, () => ofShapes(float(8, 3, 64, 64), float(8, 64, 64))],
    [/2 outputs that may be the anomaly map/, () => ofShapes(image, map, { outputs: { other: map } })],
    [/neither an anomaly map, nor a score/, () => ofShapes(image, float(1, 84, 8400, 2))],
    [/neither/, () => ofShapes(image, { type: 'int64', shape: [1] })],
  ] as const)
    await expect(proposal(), String(reason)).rejects.toMatchObject({
      code: 'MODEL_UNSUPPORTED',
      exit: 2,
      message: expect.stringMatching(reason),
    });
  await expect(propose(Buffer.from('no model'))).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringMatching(/is no ONNX model: (?!it is no ONNX model)/),
  });
  await expect(proposeModel('gone.onnx', {})).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
