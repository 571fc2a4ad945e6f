import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeUnsigned } from '../../test/signed-package.ts';
import { parseAnyManifest, problemText } from '../manifest/read-manifest.ts';
import { thresholdsSchema } from '../script/thresholds-schema.ts';
import { documentProblems } from './known-documents.ts';
import { validateAll } from './validate-all.ts';

const root = join(import.meta.dirname, '../..');
const fixture = async (name: string) => parseAnyManifest(JSON.parse(await readFile(join(root, 'test/fixtures', name), 'utf8')));
const [native, pipeline, v1] = await Promise.all(['native-manifest.json', 'pipeline-manifest.json', 'v1-manifest.json'].map(fixture));

async function problems(manifest: typeof native, files: Readonly<Record<string, unknown>>): Promise<string[]> {
  if (manifest === undefined) throw new Error('the fixture is there');
  const readText = async (path: string) => {
    if (files[path] === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
    return typeof files[path] === 'string' ? files[path] : JSON.stringify(files[path]);
  };
  return (await documentProblems(manifest, readText)).map((problem) => `${problem.severity} ${problemText(problem)}`);
}

/** transforms.json with every operation and every parameter that hosts know. */
const transforms = {
  $schema: 'https://mvas.io/schema/transforms.json',
  pipeline: [
    { op: 'crop_roi', params: { x: 10, y: 0, width: 640, height: 480 } },
    { op: 'resize', params: { width: 256, height: 256, interpolation: 'lanczos', keep_aspect: true, pad_value: [0, 0, 0] }, enabled: true },
    { op: 'crop_center', params: { width: 224, height: 224 } },
    { op: 'apply_mask', params: { mask: 'assets/mask.png' } },
    { op: 'gaussian_blur', params: { kernel_size: 5, sigma: 0 } },
    { op: 'clahe', params: { clip_limit: 2, tile_grid_size: [8, 8] } },
    { op: 'bgr2rgb' },
    { op: 'rgb2bgr', enabled: false },
    { op: 'grayscale', params: { keep_dims: true } },
    { op: 'normalize', params: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], scale: 255 } },
    { op: 'to_tensor', params: { dtype: 'float16', channel_order: 'CHW' } },
    { op: 'add_batch_dim', params: {} },
  ],
};

/** rules.json with every field that hosts know. */
const rules = {
  thresholds: { anomaly_score: { pass: 0.3, review: 0.7 }, fill_level: { pass: 0.9, review: 0.95 } },
  decision_logic: {
    primary: 'anomaly_score',
    rules: [{ condition: 'anomaly_score > 0.7 AND fill_level > 0.9', decision: 'fail', confidence_source: 'anomaly_score' }],
  },
  outputs: { include_anomaly_map: true, include_bounding_boxes: true, include_heatmap_overlay: false, defect_min_area: 100 },
  visualization: { heatmap_colormap: 'jet', heatmap_alpha: 0.5, bbox_color: '#FF0000', bbox_thickness: 2 },
};

test('files that say all there is to say have no problem, and files that are not there are nobody’s', async () => {
  expect(await problems(v1, { 'preprocessing/transforms.json': transforms, 'postprocessing/rules.json': rules })).toEqual([]);
  for (const manifest of [native, pipeline, v1]) expect(await problems(manifest, {})).toEqual([]);
});

test('the files of a new project have no problem', async () => {
  const names = ['config/thresholds.json', 'models/model_config.json', 'test/benchmark.json', 'test/expected_results.json'];
  const files: Record<string, string> = {};
  for (const name of names) files[name] = await readFile(join(root, 'templates/cpp-onnx', name), 'utf8');
  expect(await problems(native, files)).toEqual([]);
});

describe('every field is known only under its own name', () => {
  test.each([
    ['preprocessing/transforms.json', transforms],
    ['postprocessing/rules.json', rules],
  ])('in %s', async (path, complete) => {
    for (const changed of renamings(complete)) {
      expect((await problems(v1, { [path]: changed.value })).join(), changed.name).toContain(`${changed.name}_x`);
    }
  });
});

test.each<[string, string, unknown, string]>([
  ['an unknown operation', 'preprocessing/transforms.json', { pipeline: [{ op: 'rezise' }] }, 'did you mean resize?'],
  [
    'a parameter of another operation',
    'preprocessing/transforms.json',
    { pipeline: [{ op: 'clahe', params: { sigma: 1 } }] },
    'warning preprocessing/transforms.json: /pipeline/0/params/sigma is not a known field',
  ],
  ['a crop without its place', 'preprocessing/transforms.json', { pipeline: [{ op: 'crop_roi' }] }, '/pipeline/0/params is required'],
  [
    'limits that have changed places',
    'postprocessing/rules.json',
    { thresholds: { score: { pass: 0.7, review: 0.3 } } },
    'error postprocessing/rules.json: /thresholds/score/pass must not be above review, which is 0.3, not 0.7',
  ],
  [
    'an unknown decision',
    'postprocessing/rules.json',
    { decision_logic: { rules: [{ condition: 'a > 1', decision: 'ok' }] } },
    'pass, fail, review',
  ],
  [
    'text that is no JSON',
    'postprocessing/rules.json',
    '{',
    'error postprocessing/rules.json: / is not valid JSON: line 1, column 2: it ends where a key or } is expected',
  ],
])('%s in a script is an error or, where hosts ignore it, a warning', async (_title, path, value, text) => {
  expect((await problems(v1, { [path]: value })).join('\n')).toContain(text);
});

test.each<[string, unknown, string]>([
  [
    'test/expected_results.json',
    { images: [{ image: '../a.png', decision: 'pass' }] },
    'error test/expected_results.json: /images/0/image must be',
  ],
  ['test/expected_results.json', { images: [], more: 1 }, 'error test/expected_results.json: /more is not a known field'],
  ['test/benchmark.json', { p99_ms: -1 }, 'error test/benchmark.json: /p99_ms must be > 0'],
  ['config/thresholds.json', { score: 0.5 }, 'warning config/thresholds.json: /score must be object'],
  ['config/thresholds.json', { $schema: thresholdsSchema.$id, score: { pass: 2, review: 1 } }, 'error config/thresholds.json: /score/pass'],
  ['models/model_config.json', { threshold: 0.5 }, 'warning models/model_config.json: /input is required'],
  [
    'models/model_config.json',
    { $schema: 'https://mvas.io/schema/model-config.json', threshold: 0.5 },
    'error models/model_config.json: /input is required',
  ],
])('%s of a plugin is judged by who reads it: %#', async (path, value, text) => {
  expect((await problems(native, { [path]: value })).join('\n')).toContain(text);
});

test('a package is judged with the files in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
  afterAll(() => rm(folder, { recursive: true }));
  const path = await writeUnsigned(join(folder, 'cap.mvapp'), { 'test/benchmark.json': Buffer.from('{"p99_ms": "fast"}') });
  const { ok, problems: found } = await validateAll(path);
  expect({ ok, found: found.map(problemText) }).toEqual({ ok: false, found: ['test/benchmark.json: /p99_ms must be number, not "fast"'] });
});

/** The value with one key after the other under a wrong name; maps by the name of a score may have any key. */
function* renamings(value: unknown, inMap = false): Generator<{ name: string; value: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const deeper of renamings(inner, key === 'thresholds')) {
      yield { ...deeper, value: Array.isArray(value) ? value.with(Number(key), deeper.value) : { ...value, [key]: deeper.value } };
    }
    if (Array.isArray(value) || inMap) continue;
    const { [key]: _old, ...others } = value as Record<string, unknown>;
    yield { name: key, value: { ...others, [`${key}_x`]: inner } };
  }
}
