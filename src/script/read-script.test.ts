import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import type { Config } from '../manifest/effective-config.ts';
import { parseAnyManifest } from '../manifest/read-manifest.ts';
import { readScript, type ScriptPlan } from './read-script.ts';

const template = join(import.meta.dirname, '../../templates/script');
const v1 = {
  mvas_version: '1.0',
  app: { id: 'com.acme.cap', name: 'Cap', version: '1.0.0' },
  model: { path: 'model/model.onnx' },
  input: { preprocessing: 'preprocessing/transforms.json' },
  output: { postprocessing: 'postprocessing/rules.json' },
};

interface Files {
  readonly manifest?: unknown;
  readonly transforms?: unknown;
  readonly rules?: unknown;
}

async function read({ manifest = v1, transforms, rules }: Files, settings: Config = {}): Promise<ScriptPlan> {
  const root = await scratchFolder();
  for (const [name, value] of [
    ['preprocessing/transforms.json', transforms],
    ['postprocessing/rules.json', rules],
  ] as const) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    if (value === undefined) await cp(join(template, name), join(root, name));
    else await writeFile(join(root, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  const parsed = parseAnyManifest(manifest);
  if (parsed.package_type === 'native') throw new Error('the manifest is a script’s');
  return await readScript({ root, manifest: parsed }, settings);
}

test('a script of version 1 is read with the rules as they are written', async () => {
  const plan = await read({});
  expect(plan).toMatchObject({ colours: 'RGB', rules: { metric: 'anomaly_score', pass: 0.3, review: 0.5 } });
  expect(plan.steps.map(({ op }) => op)).toEqual(['resize', 'normalize', 'to_tensor', 'add_batch_dim']);
});

test('what rules leave out is as hosts have it', async () => {
  expect((await read({ rules: {} })).rules).toEqual({
    metric: 'anomaly_score',
    pass: 0.3,
    review: 0.7,
    outputs: { map: true, boxes: true, overlay: true, minArea: 100 },
    drawing: { scale: 'jet', alpha: 0.5, colour: [255, 0, 0], line: 2 },
  });
});

test('a transform that is switched off is not run', async () => {
  const transforms = { pipeline: [{ op: 'rgb2bgr', enabled: false }, { op: 'grayscale' }] };
  expect((await read({ transforms })).steps.map(({ op }) => op)).toEqual(['grayscale']);
});

test.each([
  ['a chain that begins with bgr2rgb', [{ op: 'resize' }, { op: 'bgr2rgb' }], undefined, 'BGR'],
  ['a chain that begins with rgb2bgr', [{ op: 'rgb2bgr' }], 'BGR', 'RGB'],
  ['the manifest alone', [{ op: 'resize' }], 'BGR', 'BGR'],
  ['a grey manifest', [{ op: 'resize' }], 'grayscale', 'GRAY'],
])('the order of colours is told by %s', async (_title, pipeline, mode, colours) => {
  const manifest = { ...v1, input: { ...v1.input, ...(mode !== undefined && { color_mode: mode }) } };
  expect(await read({ manifest, transforms: { pipeline } })).toMatchObject({ colours });
});

test('a setting is laid over the place of the rules that its key names', async () => {
  expect((await read({}, { 'thresholds.anomaly_score.review': 0.9 })).rules).toMatchObject({ pass: 0.3, review: 0.9 });
});

test.each<[string, Config]>([
  ['a place that rules do not have', { 'thresholds.anomaly_score.fail': 0.5 }],
  ['a value of another kind', { 'outputs.defect_min_area': 'many' }],
  ['the prototype of all objects', { '__proto__.polluted': true, 'thresholds.__proto__.polluted': true }],
])('a setting for %s is refused and changes nothing else', async (_title, settings) => {
  await expect(read({}, settings)).rejects.toMatchObject({ code: 'CONFIG_INVALID', hint: expect.stringContaining('thresholds.') });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const scriptV2 = JSON.parse((await readFile(join(template, 'manifest.json.hbs'), 'utf8')).replace('{{appId}}', 'com.acme.cap'));

test.each<[string, Files, string]>([
  [
    'conditions',
    { rules: { decision_logic: { rules: [{ condition: 'a > 1', decision: 'fail' }] } } },
    'conditions, which are not evaluated yet',
  ],
  [
    'limits of a second score',
    { rules: { thresholds: { a: { pass: 0, review: 1 }, b: { pass: 0, review: 1 } } } },
    'decides by anomaly_score alone',
  ],
  ['limits that have changed places', { rules: { thresholds: { a: { pass: 2, review: 1 } } } }, 'above review, which is 1'],
  ['an unknown colour scale', { rules: { visualization: { heatmap_colormap: 'constructor' } } }, 'is not known'],
  ['limits that are no numbers', { rules: { thresholds: { a: { pass: '0.3', review: 1 } } } }, '/thresholds/a/pass must be number'],
  ['a misspelt limit', { rules: { thresholds: { a: { pass: 0.3, review: 1, revew: 2 } } } }, '/thresholds/a/revew'],
  ['text that is no JSON', { rules: '{' }, 'is not valid JSON'],
  ['an unknown operation', { transforms: { pipeline: [{ op: 'rezise' }] } }, 'did you mean resize?'],
  ['a misspelt parameter', { transforms: { pipeline: [{ op: 'resize', params: { widht: 3 } }] } }, 'did you mean width?'],
  [
    'a size beyond measure',
    { transforms: { pipeline: [{ op: 'resize', params: { width: 1e9 } }] } },
    '/pipeline/0/params/width must be <= 16384',
  ],
  ['a chain without end', { transforms: { pipeline: Array(65).fill({ op: 'bgr2rgb' }) } }, 'must NOT have more than 64 items'],
  [
    'a mask outside of the package',
    { transforms: { pipeline: [{ op: 'apply_mask', params: { mask: '../../etc/passwd' } }] } },
    'must be a path inside',
  ],
  [
    'a mask that is not there',
    { transforms: { pipeline: [{ op: 'apply_mask', params: { mask: 'assets/no.png' } }] } },
    'which cannot be read',
  ],
  ['no transforms', { manifest: { ...v1, input: {} } }, 'names no transforms'],
  ['no rules', { manifest: { ...v1, output: {} } }, 'names no rules'],
  ['another framework', { manifest: { ...v1, model: { path: 'model/m.pt', framework: 'pytorch' } } }, 'ONNX models are run'],
  [
    'Python processors',
    { manifest: { ...scriptV2, processors: [{ id: 'judge', path: 'processors/judge.py', entry_point: 'make_decision' }] } },
    'needs the Python processors judge, which are not run yet',
  ],
  ['two models', { manifest: { ...scriptV2, models: [...scriptV2.models, { ...scriptV2.models[0], id: 'second' }] } }, 'has 2 models'],
  [
    'a pipeline',
    { manifest: { ...scriptV2, package_type: 'pipeline', pipeline: { definition: 'pipeline/pipeline.json' } } },
    'is a pipeline',
  ],
])('a script with %s is refused with that reason', async (_title, files, reason) => {
  await expect(read(files)).rejects.toMatchObject({ name: 'KitError', message: expect.stringContaining(reason), hint: expect.any(String) });
});
