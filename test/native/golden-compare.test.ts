import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ComparisonReport, compareSides } from '../../src/golden/compare-sides.ts';
import { openSides } from '../../src/golden/open-sides.ts';
import type { SubjectFlags } from '../../src/golden/open-subject.ts';
import { toleranceProfiles } from '../../src/golden/tolerance-profiles.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { inspectionProject } from '../inspection-project.ts';
import { onnxModel } from '../onnx-model.ts';
import { writePicture } from '../plugin-subject.ts';
import { schemaErrors } from '../report-schemas.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';

let plain = '';
let adjustable = '';
beforeAll(async () => {
  [plain, adjustable] = await Promise.all([compilePlugin('test/plugins/good/plain.c'), compilePlugin('test/plugins/adjustable.cpp')]);
});

const brightness = 'mvas brightness model 1\n256 0\nend\n';
const settings = {
  input: { width: 8, height: 6, color_order: 'RGB', mean: [0], std: [1] },
  output: { width: 8, height: 6 },
  threshold: 0.5,
};

/** A folder with three pictures, a brightness model and an ONNX model whose map is the mean of the channels. */
async function workplace(config: object = settings): Promise<string> {
  const root = await scratchFolder();
  for (const [name, level] of [['a.png', 20], ['b.png', 100], ['c.png', 200]] as const) await writePicture(join(root, 'parts', name), level); // biome-ignore format: a table
  await writeFile(join(root, 'brightness.model'), brightness);
  await writeOnnx(join(root, 'onnx/model.onnx'), config);
  return root;
}

async function writeOnnx(path: string, config: object | undefined, operator = 'ReduceMean'): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const input = { type: 'float', shape: [1, 3, 6, 8] } as const;
  const output = { type: 'float', shape: [1, 1, 6, 8] } as const;
  await writeFile(path, onnxModel({ input, output, operator, attributes: { axes: [1], keepdims: 1 } }));
  if (config !== undefined) await writeFile(join(dirname(path), 'model_config.json'), JSON.stringify(config));
}

async function compare(cwd: string, a: string, b: string, flags: SubjectFlags = {}): Promise<ComparisonReport> {
  await using sides = await openSides([a, b], { images: 'parts', model: 'brightness.model', ...flags }, testIo(cwd));
  const report = await compareSides(sides.a, sides.b, { folder: sides.folder, images: sides.images });
  expect(await schemaErrors('golden-comparison-v1', report)).toEqual([]);
  return report;
}

describe('comparing two plugins', () => {
  test('a plugin equals itself in every output', async () => {
    const report = await compare(await workplace(), plain, plain);
    expect(report).toMatchObject({ ok: true, counts: { same: 3, different: 0, failed: 0 }, notCompared: [] });
    expect(new Set(report.images[0]?.lines.map(({ output }) => output)).size).toBe(7);
  });

  test('another plugin differs, and every difference is told', async () => {
    const report = await compare(await workplace(), plain, adjustable);
    expect(report.counts).toEqual({ same: 0, different: 3, failed: 0 });
    const broken = report.images[1]?.lines.filter(({ ok }) => !ok).map(({ output }) => output);
    expect(broken).toEqual(expect.arrayContaining(['decision', 'confidence', 'anomaly_score', 'anomaly_map', 'visualization']));
  });

  test('a picture that takes one side down is failed by name, and the others are compared', async () => {
    const cwd = await workplace();
    await writeFile(join(cwd, 'crash.json'), '{"crash_on": 100}');
    const report = await compare(cwd, adjustable, adjustable, { config: 'crash.json' });
    expect(report.images.map(({ status }) => status)).toEqual(['same', 'failed', 'same']);
    expect(report.images[1]?.reasons[0]).toMatch(/^A \(.*mvas_infer/);
  });

  test('a library alone takes model, settings and pictures of the project on the other side', async () => {
    const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
    await writePicture(join(root, 'test/test_images/a.png'), 90);
    const report = await compare(root, '.', plain, { images: undefined, model: undefined });
    expect(report).toMatchObject({ ok: true, counts: { same: 1 }, a: { name: 'Plain C brightness' } });
    expect(report.b.model).toBe(report.a.model);
  });

  test('a difference within the defaults is one for the profile exact, and the line says who set the limit', async () => {
    const cwd = await workplace();
    await writeFile(join(cwd, 'drift.json'), '{"drift": 0.00001}');
    const args = ['golden', 'compare', adjustable, adjustable, '--images', 'parts', '--config', 'drift.json'];
    // both sides drift alike from call to call
    expect((await cli([...args, '--profile', 'exact'], { cwd })).exitCode).toBe(0);
    expect(toleranceProfiles.exact.anomaly_map.mask_iou).toBe(1);
    await writeFile(join(cwd, 'threshold.json'), '{"threshold": 0.3}');
    const other = await cli(['golden', 'compare', plain, adjustable, '--images', 'parts', '--model', 'brightness.model', '--profile', 'exact', '--json'], { cwd }); // biome-ignore format: one command
    expect(other.exitCode).toBe(1);
    const report: ComparisonReport = JSON.parse(other.stdout);
    expect(report.images[0]?.lines.find(({ output }) => output === 'confidence')).toMatchObject({ limitFrom: 'profile', limit: 0 });
  });
});

describe('comparing with a bare model', () => {
  test('two copies of a model agree, another model does not', async () => {
    const cwd = await workplace();
    await writeOnnx(join(cwd, 'copy/model.onnx'), settings);
    await writeOnnx(join(cwd, 'other/model.onnx'), settings, 'ReduceMax');
    expect(await compare(cwd, 'onnx/model.onnx', 'copy/model.onnx')).toMatchObject({ ok: true, a: { kind: 'model', plugin: null } });
    // grey pictures: the largest channel is the mean
    expect((await compare(cwd, 'onnx/model.onnx', 'other/model.onnx')).ok).toBe(true);
    await writeOnnx(join(cwd, 'scaled/model.onnx'), { ...settings, input: { ...settings.input, mean: [0.1] } });
    const scaled = await compare(cwd, 'onnx/model.onnx', 'scaled/model.onnx');
    expect(scaled.counts.different).toBe(3);
    expect(scaled.images[0]?.lines.filter(({ ok }) => !ok).map(({ output }) => output)).toContain('anomaly_map');
  });

  test('a model is fed as its configuration says: size, colour order, mean, deviation and threshold', async () => {
    const cwd = await workplace();
    const { images } = await compare(cwd, 'onnx/model.onnx', 'onnx/model.onnx');
    // the picture brightens to the right by 31 levels; the map's last column is the mean of the last six columns of the picture at most
    expect(images.map(({ a }) => a?.decision)).toEqual(['pass', 'fail', 'fail']);
    expect(images[2]?.a?.anomalyScore).toBeGreaterThan(225 / 255);
    expect(images[2]?.a?.anomalyScore).toBeLessThan(231 / 255);
    await writeOnnx(join(cwd, 'strict/model.onnx'), { ...settings, threshold: 0.05, review_ratio: 0.5 });
    const strict = await compare(cwd, 'strict/model.onnx', 'onnx/model.onnx');
    expect(strict.images.map(({ a }) => a?.decision)).toEqual(['fail', 'fail', 'fail']);
  });

  test('outputs that a model has not are left out and named', async () => {
    const report = await compare(await workplace(), plain, 'onnx/model.onnx');
    expect(report.notCompared).toEqual(['bboxes', 'confidence', 'details', 'visualization']);
    expect(report.images[0]?.lines.some(({ output }) => output === 'anomaly_score')).toBe(true);
  });

  test.each([
    ['no configuration', undefined, 'FILE_NOT_FOUND', /model_config\.json is missing/],
    [
      'a missing field',
      { input: { width: 8, height: 6, color_order: 'RGB', mean: [0] }, threshold: 0.5 },
      'FILE_INVALID',
      /\/input\/std is required/,
    ],
    ['two values for three channels', { ...settings, input: { ...settings.input, std: [1, 1] } }, 'FILE_INVALID', /1 or 3 values for RGB/],
    [
      'another size',
      { ...settings, input: { ...settings.input, width: 16 } },
      'FILE_INVALID',
      /takes float32 1×3×6×8, and model_config\.json makes float32 1×3×6×16/,
    ],
    ['another map', { ...settings, output: { width: 9, height: 6 } }, 'FILE_INVALID', /map has 8×6 values, model_config\.json says 9×6/],
    ['an unknown input', { ...settings, input: { ...settings.input, name: 'x' } }, 'FILE_INVALID', /has no input x, only input/],
    ['an unknown output', { ...settings, output: { map: 'x' } }, 'FILE_INVALID', /gives no anomaly map called x: output 1×1×6×8/],
  ])('%s is refused by name', async (_what, config, code, message) => {
    const cwd = await workplace();
    await rm(join(cwd, 'onnx/model_config.json'));
    await writeOnnx(join(cwd, 'onnx/model.onnx'), config);
    const run = compare(cwd, 'onnx/model.onnx', 'onnx/model.onnx').then((report) => {
      const [first] = report.images;
      throw Object.assign(new Error(first?.reasons[0]), { code: 'FILE_INVALID' }); // what only a run shows fails its picture
    });
    await expect(run).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('what is no model is refused, and a missing one is exit 2', async () => {
    const cwd = await workplace();
    await writeFile(join(cwd, 'onnx/model.onnx'), 'no model');
    await expect(compare(cwd, 'onnx/model.onnx', plain)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringContaining('model.onnx'),
    });
    await rm(join(cwd, 'onnx'), { recursive: true });
    const run = await cli(['golden', 'compare', 'onnx/model.onnx', plain, '--images', 'parts'], { cwd });
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/FILE_NOT_FOUND.*model\.onnx/s) });
  });
});

test('a package is verified before it is compared', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c');
  await writePicture(join(root, 'test/test_images/a.png'), 90);
  const env = { MVAS_HOME: join(root, 'home') };
  expect(await cli(['package', '-o', 'plain.mvapp'], { cwd: root, env })).toMatchObject({ exitCode: 0 });
  const unsigned = await cli(['golden', 'compare', '.', 'plain.mvapp'], { cwd: root, env });
  expect(unsigned).toMatchObject({ exitCode: 11, stdout: '' });
  const allowed = await cli(['golden', 'compare', 'plain.mvapp', '.', '--allow-unsigned', '--images', 'test/test_images'], {
    cwd: root,
    env,
  });
  expect(allowed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/1 same$/m) });
  const bytes = await readFile(join(root, 'plain.mvapp'));
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  await writeFile(join(root, 'plain.mvapp'), bytes);
  expect([10, 12]).toContain((await cli(['golden', 'compare', '.', 'plain.mvapp', '--allow-unsigned'], { cwd: root, env })).exitCode);
});

test('two models without pictures are exit 2 with the flag that helps', async () => {
  const cwd = await workplace();
  const run = await cli(['golden', 'compare', 'onnx/model.onnx', 'onnx/model.onnx'], { cwd });
  expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/bring no pictures.*--images/s) });
});
