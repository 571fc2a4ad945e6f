// Manifests of pipelines, scripts and version 1.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkManifest } from './check-manifest.ts';
import { manifestKind } from './manifest-kind.ts';
import { parseAnyManifest, parseManifest, problemText } from './read-manifest.ts';

type Json = Record<string, unknown>;
const fixture = async (name: string): Promise<Json> =>
  JSON.parse(await readFile(join(import.meta.dirname, '../../test/fixtures', name), 'utf8'));
const [native, pipeline, v1] = await Promise.all(['native-manifest.json', 'pipeline-manifest.json', 'v1-manifest.json'].map(fixture));
const problems = (value: unknown) => checkManifest(value).problems.map(problemText);

test.each<[string, unknown]>([
  ['native', native],
  ['pipeline', pipeline],
  ['v1', v1],
  ['pipeline', { manifest_version: '2.0.0', package_type: 'pipeline', plugin: {} }],
  ['script', { manifest_version: '2.0.0', models: [] }],
  ['script', { manifest_version: '10.0', models: [] }],
  ['v1', { manifest_version: '1.9', models: [] }],
  ['v1', { mvas_version: '1.0', input: {} }],
  ['native', { plugin: {}, model: {} }],
  ['native', 'a text'],
  ['native', null],
])('is known by version and sections: %s %#', (kind, value) => {
  expect(manifestKind(value)).toBe(kind);
});

describe.each([
  ['a pipeline', pipeline],
  ['version 1', v1],
])('a manifest of %s', (_title, complete = {}) => {
  test('has every documented field known: no error and no warning', () => {
    expect(problems(complete)).toEqual([]);
  });

  test('has each field known only under its own name', () => {
    for (const [part, fields] of Object.entries(complete)) {
      if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) continue;
      for (const [key, value] of Object.entries(fields)) {
        const renamed = { ...fields, [`${key}_x`]: value, [key]: undefined };
        expect(problems(JSON.parse(JSON.stringify({ ...complete, [part]: renamed }))).join(), `${part}.${key}`).toContain(`${key}_x`);
      }
    }
  });

  test('is refused where a native plugin is needed, by its kind', () => {
    expect(() => parseManifest(complete, 'here')).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^here is of type (pipeline|script), and this takes native plugins only$/),
        hint: expect.stringContaining('mvas validate'),
      }),
    );
  });
});

test('a pipeline is normalised: one spelling, nothing that only repeats the graph', () => {
  expect(parseAnyManifest(pipeline)).toMatchObject({
    package_type: 'pipeline',
    pipeline: { definition: 'pipeline/pipeline.json' },
    models: [{ id: 'lid' }, { id: 'fill', algorithm: 'ridge' }],
    processors: [{ entry_point: 'make_decision', permissions: ['read_results', 'write_output'] }],
    requirements: { mvas_version: '>=2.0.0', system_memory_mb: 1024, gpu_recommended: true },
    performance: { baseline: { inference_time_ms: 120 } },
    testing: { test_images: 'tests/test_images/', expected_results: 'tests/expected_results.json' },
    marketplace: { pricing: 'free' },
  });
});

test('version 1 becomes a script with one model, and keeps how it was to be run', () => {
  const { model, input, output } = v1 ?? {};
  expect(parseAnyManifest(v1)).toMatchObject({
    package_type: 'script',
    app: { author: { name: 'Example Vision' } },
    models: [{ id: 'model', path: 'model/model.onnx', type: 'anomaly_detection', algorithm: 'patchcore' }],
    preprocessing: 'preprocessing/transforms.json',
    postprocessing: 'postprocessing/rules.json',
    requirements: { mvas_version: '>=1.0', system_memory_mb: 512 },
    v1: { model, input, output },
  });
});

test.each<[string, Json, string]>([
  ['a pipeline without its graph', { ...pipeline, package_type: 'pipeline', pipeline: undefined }, '/pipeline is required'],
  [
    'two models of one id',
    { ...pipeline, models: [1, 2].map(() => ({ id: 'a', path: 'models/a.onnx', type: 'ocr' })) },
    '/models/1/id must be unique, not "a"',
  ],
  ['an unknown permission', { ...pipeline, permissions: { required: ['plc.writ'] } }, 'did you mean plc.write?'],
  [
    'a processor outside the sandbox',
    { ...pipeline, processors: [{ id: 'a', path: 'processors/a.py', entry_point: 'f', sandbox: 'none' }] },
    '/processors/0/sandbox must be "python_restricted"',
  ],
  [
    'an entry point that is no name',
    { ...pipeline, processors: [{ id: 'a', path: 'processors/a.py', entry_point: 'os.system' }] },
    'the name of a Python function',
  ],
  ['a path outside the package', { ...v1, model: { path: '../model.onnx' } }, '/model/path must be a relative path'],
  [
    'a model count that is not that of the models',
    { ...pipeline, pipeline: { definition: 'pipeline/p.json', models_count: 7 } },
    'is not the number of models, which is 2, not 7',
  ],
])('%s is noticed', (_title, value, text) => {
  expect(problems(JSON.parse(JSON.stringify(value))).join('\n')).toContain(text);
});
