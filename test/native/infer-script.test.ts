import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../src/image/decode-image.ts';
import { parseAnyManifest } from '../../src/manifest/read-manifest.ts';
import { openScript } from '../../src/script/open-script.ts';
import { readScript } from '../../src/script/read-script.ts';
import { onnxModel } from '../onnx-model.ts';
import { cli, scratchFolder } from '../scratch.ts';

const templates = join(import.meta.dirname, '../../templates');
const images = join(templates, 'cpp-onnx/test/test_images');

const v1 = {
  mvas_version: '1.0.0',
  app: { id: 'com.field.brick', name: 'Brick', version: '1.2.0', author: 'Field' },
  model: { type: 'anomaly_detection', framework: 'onnx', path: 'model/model.onnx', runtime: { device: 'auto', num_threads: 1 } },
  input: { type: 'image', color_mode: 'RGB', resolution: { width: 256, height: 256 }, preprocessing: 'preprocessing/transforms.json' },
  output: { type: 'anomaly_detection', postprocessing: 'postprocessing/rules.json', save_images: false },
};

type Changes = Readonly<Record<string, unknown>>;

async function contentOf(changes: Changes): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {
    'manifest.json': Buffer.from(JSON.stringify(v1)),
    'model/model.onnx': await readFile(join(templates, 'cpp-onnx/models/model.onnx')),
    'preprocessing/transforms.json': await readFile(join(templates, 'script/preprocessing/transforms.json')),
    'postprocessing/rules.json': await readFile(join(templates, 'script/postprocessing/rules.json')),
  };
  for (const [name, value] of Object.entries(changes))
    files[name] = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value));
  return files;
}

/** A package as any program zips it: folder entries, the date of today, deflated, no signature. */
async function bareZip(changes: Changes = {}): Promise<string> {
  const path = join(await scratchFolder(), 'brick.mvapp');
  const archive = new ZipArchive({ zlib: { level: 6 } });
  const written = pipeline(archive, createWriteStream(path));
  for (const folder of ['model/', 'preprocessing/', 'postprocessing/']) archive.append('', { name: folder });
  for (const [name, bytes] of Object.entries(await contentOf(changes))) archive.append(bytes, { name });
  await archive.finalize();
  await written;
  return path;
}

describe('a package of version 1 as it exists in the field', () => {
  test('validates, shows what it holds, and inspects once that was allowed', async () => {
    const path = await bareZip();
    expect(await cli(['validate', path])).toMatchObject({ exitCode: 0 });
    const shown = await cli(['inspect', path]);
    expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('manifest version 1') });
    const env = { MVAS_HOME: await scratchFolder() };
    const picture = join(images, 'dent_01.png');
    expect(await cli(['infer', path, picture, '--once'], { env })).toMatchObject({ exitCode: 11 });
    const output = join(await scratchFolder(), 'out');
    const run = await cli(['infer', path, picture, '--once', '--allow-unsigned', '--json', '--output', output], { env });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      decision: 'fail',
      anomaly_score: expect.closeTo(0.99994, 4),
      confidence: expect.closeTo(0.99994, 4),
      anomaly_map: { width: 256, height: 256 },
      bboxes: [{ x1: 216.25, y1: 41.25, x2: 245, y2: 69.375, class: 0 }],
      details: { metric: 'anomaly_score', regions: 1, thresholds: { pass: 0.3, review: 0.5 } },
    });
    expect(await decodeImage(join(output, 'overlays/dent_01.png.overlay.png'))).toMatchObject({ width: 320, height: 240 });
  });

  test.each<[string, Changes, string]>([
    [
      'conditions',
      { 'postprocessing/rules.json': { decision_logic: { rules: [{ condition: 'a > 1', decision: 'fail' }] } } },
      'conditions, which are not evaluated yet',
    ],
    ['a model that is none', { 'model/model.onnx': Buffer.from('not a model') }, 'model.onnx'],
    [
      'transforms that do not fit the model',
      { 'preprocessing/transforms.json': { pipeline: [{ op: 'resize' }] } },
      'takes float32 1×3×256×256, and the transforms make uint8 256×256×3',
    ],
    [
      'a picture that would fill the memory',
      { 'preprocessing/transforms.json': { pipeline: [{ op: 'resize', params: { width: 16384, height: 16384 } }] } },
      'transform 1, resize, would make 805306368 values',
    ],
    [
      'rules of three thousand arrays in each other',
      { 'postprocessing/rules.json': Buffer.from(`${'['.repeat(3000)}${']'.repeat(3000)}`) },
      '/ must be object',
    ],
  ])('with %s is refused with the reason, without a stack', async (_title, changes, reason) => {
    const run = await cli(['infer', await bareZip(changes), join(images, 'good_01.png'), '--once', '--allow-unsigned']);
    expect(run.exitCode).toBeGreaterThan(0);
    expect(run.exitCode).toBeLessThan(70);
    expect(`${run.stdout}${run.stderr}`).toContain(reason);
    expect(run.stderr).not.toMatch(/^ +at /m);
  });
});

test('a project and its bare model find the same, and a setting changes the verdict', async () => {
  const env = { MVAS_HOME: await scratchFolder() };
  const root = join(await scratchFolder(), 'brick');
  expect(await cli(['new', root, '--yes', '--language', 'script', '--app-id', 'com.acme.brick'], { env })).toMatchObject({ exitCode: 0 });
  const golden = await cli(['golden', root], { env });
  expect(golden.exitCode, golden.stdout).toBe(0);
  const compared = await cli(['golden', 'compare', root, join(root, 'models/model.onnx')], { env });
  expect(compared.exitCode, compared.stdout).toBe(0);
  const picture = join(root, 'test/test_images/good_01.png');
  const strict = await cli(['infer', root, picture, '--json', '--set', 'thresholds.anomaly_score.pass=0.1'], { env });
  expect(JSON.parse(strict.stdout)).toMatchObject({ decision: 'review', confidence: expect.closeTo(0.11, 2) });
  await writeFile(join(root, 'postprocessing/rules.json'), JSON.stringify({ thresholds: { anomaly_score: { pass: 0.05, review: 0.1 } } }));
  const stale = await cli(['golden', root], { env });
  expect(stale).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('configuration changed') });
});

/** A script whose model gives its input back, so that what the transforms make can be seen. */
async function echo(steps: readonly object[], type: 'float' | 'uint8', shape: readonly number[]) {
  const root = await scratchFolder();
  const files = await contentOf({
    'model/model.onnx': onnxModel({ input: { type, shape }, output: { type, shape }, operator: 'Identity' }),
    'preprocessing/transforms.json': { pipeline: steps },
  });
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), bytes);
  }
  const manifest = parseAnyManifest(v1);
  if (manifest.package_type === 'native') throw new Error('version 1 is a script');
  return await openScript(await readScript({ root, manifest }));
}

test('the model gets what the transforms make, whatever the order of its channels', async () => {
  const chain = [
    { op: 'bgr2rgb' },
    { op: 'resize', params: { width: 2, height: 1, interpolation: 'nearest' } },
    { op: 'normalize' },
    { op: 'to_tensor', params: { channel_order: 'HWC' } },
    { op: 'add_batch_dim' },
  ];
  await using script = await echo(chain, 'float', [1, 1, 2, 3]);
  const data = Uint8Array.from([255, 0, 51, 0, 102, 0]);
  const result = await script.inspect({ path: 'p.png', width: 2, height: 1, channels: 3, data });
  // the chain begins with BGR, so after bgr2rgb red comes first; 1×1×2×3 is a map of 2 rows and 3 columns
  expect(Array.from(result.anomalyMap?.data ?? [])).toEqual([1, 0, 51 / 255, 0, 102 / 255, 0].map(Math.fround));
  expect(result).toMatchObject({ decision: 'fail', anomalyScore: 1, visualization: { width: 2, height: 1 } });
});

test('a score beyond 1 is reported as it is, with a confidence within 0..1', async () => {
  const chain = [
    { op: 'resize', params: { width: 2, height: 2 } },
    { op: 'grayscale', params: { keep_dims: false } },
    { op: 'to_tensor' },
    { op: 'add_batch_dim' },
  ];
  await using script = await echo(chain, 'float', [1, 2, 2]);
  const data = new Uint8Array(12).fill(200);
  const result = await script.inspect({ path: 'p.png', width: 2, height: 2, channels: 3, data });
  expect(result).toMatchObject({ decision: 'fail', anomalyScore: 200, confidence: 1 });
});
