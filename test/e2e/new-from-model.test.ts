import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onnxModel } from '../onnx-model.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { smallModels } from '../small-models.ts';
import { venvPython } from '../tools.ts';

const photographs = join(import.meta.dirname, '../../templates/cpp-onnx/images');
const common = ['--app-id', 'com.acme.cap', '--yes'];

async function made(cwd: string, name: string): Promise<string> {
  const { model, flags } = smallModels[name] ?? { model: new Uint8Array(), flags: [] };
  await writeFile(join(cwd, `${name}.onnx`), model);
  const report = await cli(['new', name, '--model', `${name}.onnx`, ...common, '--json', ...flags], { cwd });
  expect(report, report.stderr).toMatchObject({ exitCode: 0 });
  expect(await schemaErrors('scaffold-report', JSON.parse(report.stdout))).toEqual([]);
  return join(cwd, name);
}

test('a model of every supported shape becomes a project whose files are valid and hold that model', async () => {
  const cwd = await scratchFolder();
  for (const [name, { model }] of Object.entries(smallModels)) {
    const root = await made(cwd, name);
    const valid = await cli(['validate', root]);
    expect(valid, `${name}: ${valid.stdout}`).toMatchObject({ exitCode: 0 });
    const config: unknown = JSON.parse(await readFile(join(root, 'models/model_config.json'), 'utf8'));
    expect(await schemaErrors('model-config', config), name).toEqual([]);
    expect((await readFile(join(root, 'models/model.onnx'))).equals(model), name).toBe(true);
    expect((await cli(['upgrade', root, '--check'])).exitCode, name).toBe(0);
  }
});

test('such plugins build, keep the contract, and say what the bare model says', async () => {
  const cwd = await scratchFolder();
  for (const name of ['map-grey-open', 'classes-three']) {
    const root = await made(cwd, name);
    expect(await cli(['build'], { cwd: root }), name).toMatchObject({ exitCode: 0 });
    const conformed = await cli(['conform', '--profile', 'strict', '--only', 'infer'], { cwd: root });
    expect(conformed, conformed.stdout).toMatchObject({ exitCode: 0 });
    if (name === 'classes-three') {
      const { stdout } = await cli(['infer', '.', 'test/test_images/good_01.png', '--once', '--json'], { cwd: root });
      // equal grey values of three channels are equal probabilities
      expect(JSON.parse(stdout)).toMatchObject({
        anomaly_score: expect.closeTo(2 / 3, 5),
        details: { probability: expect.closeTo(1 / 3, 5) },
      });
    } else {
      const compared = await cli(['golden', 'compare', 'models/model.onnx', '.', '--images', 'test/test_images'], { cwd: root });
      expect(compared, compared.stdout).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/8 same/) });
    }
  }
});

test('a model that no plugin can be written for is refused with the reason, and nothing is written', async () => {
  const cwd = await scratchFolder();
  const boxes = onnxModel({
    input: { type: 'float', shape: [1, 3, 64, 64] },
    output: { type: 'float', shape: [1, 84, 8400, 2] },
    operator: 'Identity',
  });
  await writeFile(join(cwd, 'boxes.onnx'), boxes);
  const refused = await cli(['new', 'cap', '--model', 'boxes.onnx', ...common], { cwd });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^MODEL_UNSUPPORTED: .*boxes.*output: float32 1x84x8400x2/) });
  for (const flags of [
    ['--template', 'rust'],
    ['--images', '.'],
    ['--normalize', 'sepia'],
    ['--input-size', '9'],
  ])
    expect((await cli(['new', 'cap', '--model', 'boxes.onnx', ...common, ...flags], { cwd })).exitCode, flags.join(' ')).toBe(2);
  expect(await readdir(cwd)).toEqual(['boxes.onnx']);
});

const python = venvPython();

test.skipIf(!python)('photographs of good parts become a fitted model and its project at once', async () => {
  const cwd = await scratchFolder();
  await mkdir(join(cwd, 'good'));
  for (const name of ['good_01.png', 'good_02.png', 'good_03.png']) await cp(join(photographs, 'good', name), join(cwd, 'good', name));
  const { exitCode, stderr } = await cli(['new', 'cap', '--images', 'good', ...common], { cwd });
  expect(exitCode, stderr).toBe(0);
  expect(await readdir(join(cwd, 'cap/test/test_images'))).toEqual(['good_good_01.png', 'good_good_02.png', 'good_good_03.png']);
  expect(JSON.parse(await readFile(join(cwd, 'cap/test/expected_results.json'), 'utf8')).images).toEqual([]);
  const shipped = await readFile(join(photographs, '../models/model.onnx'));
  expect((await readFile(join(cwd, 'cap/models/model.onnx'))).equals(shipped)).toBe(false);
  await writeFile(join(cwd, 'good/good_01.png'), 'no picture');
  expect(await cli(['new', 'other', '--images', 'good', ...common], { cwd })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^IMAGE_INVALID: /m),
  });
});
