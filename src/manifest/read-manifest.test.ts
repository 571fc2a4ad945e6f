import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { checkManifest } from './check-manifest.ts';
import { parseManifest, problemText, readManifest } from './read-manifest.ts';

const fixture = join(import.meta.dirname, '../../test/fixtures/native-manifest.json');
const complete: Record<string, Record<string, unknown>> = JSON.parse(await readFile(fixture, 'utf8'));
const minimal = {
  manifest_version: '2.0.0',
  app: { id: 'com.acme.cap', name: 'Cap', version: '1.0.0' },
  plugin: { binaries: { 'linux-x64': 'bin/linux/plugin.so' } },
};

function problems(value: unknown): string[] {
  return checkManifest(value).problems.map(problemText);
}

test('every field that the standard documents is known: no error and no warning', () => {
  expect(problems(complete)).toEqual([]);
});

test('a field is known only under its own name: any renamed field of the documented manifest is noticed', () => {
  for (const [part, fields] of Object.entries(complete)) {
    if (typeof fields !== 'object') continue;
    for (const key of Object.keys(fields)) {
      const { [key]: value, ...rest } = fields;
      expect(problems({ ...complete, [part]: { ...rest, [`${key}_x`]: value } }).join(), `${part}.${key}`).toContain(`${key}_x`);
    }
  }
});

test('a minimal manifest gets the defaults', () => {
  const manifest = parseManifest(minimal);
  expect(manifest.package_type).toBe('native');
  expect(manifest.plugin.interface_version).toBe('2.0');
  expect(manifest.plugin.model).toEqual({ path: 'models/model.onnx', engines: {} });
  expect(manifest.requirements).toEqual({ gpu_required: false, gpu_recommended: false, dependencies: {} });
});

test('all errors are named at once, with pointer, rule, value and what was meant', () => {
  const broken = {
    ...minimal,
    app: { id: 'Acme Cap', version: '1.0', category: 'anomaly_detektion' },
    plugin: { binaries: { 'linux-x46': '../plugin.so' } },
  };
  const errors = problems(broken).sort();
  expect(errors).toEqual([
    '/app/category must be one of anomaly_detection, classification, object_detection, segmentation, ocr, measurement, quality_inspection, regression, not "anomaly_detektion" (did you mean anomaly_detection?)',
    '/app/id must be a reverse domain name in lower case such as com.acme.bottle-cap, not "Acme Cap"',
    '/app/name is required',
    '/app/version must be a semantic version such as 2.1.0, not "1.0"',
    '/plugin/binaries/linux-x46 must be a relative path inside the package, with / between folders and without .., not "../plugin.so"',
    '/plugin/binaries/linux-x46 must be one of windows-x64, windows-arm64, linux-x64, linux-arm64, macos-x64, macos-arm64, not "linux-x46" (did you mean linux-x64?)',
  ]);
  expect(() => parseManifest(broken)).toThrow(/\/app\/id.*\/app\/category/);
});

test('an unknown field is a warning with a suggestion, never an error', () => {
  const { problems: found, manifest } = checkManifest({ ...minimal, requirments: {} });
  expect(manifest).toBeDefined();
  expect(found).toMatchObject([{ severity: 'warning', pointer: '/requirments', suggestion: 'requirements' }]);
});

test.each(['../x', '/x', 'a//b', 'a/../b', 'a/./b', 'C:/x', 'a\\b', 'a|b', '', './a', 'ä'])('the path %j is refused', (path) => {
  expect(problems({ ...minimal, plugin: { binaries: { 'linux-x64': path } } })).toHaveLength(1);
});

test.each(['com.acme', 'com.acme.x-1', 'a'])('the id %s is taken', (id) => {
  expect(problems({ ...minimal, app: { ...minimal.app, id } })).toEqual([]);
});

test.each(['..', 'com..acme', 'com/acme', 'Com.acme', 'com.acme-', 'com.nul', 'com.com1.x', 'a'.repeat(101)])(
  'the id %s is refused',
  (id) => {
    expect(problems({ ...minimal, app: { ...minimal.app, id } })).toHaveLength(1);
  },
);

test('both spellings of the documents come to one form', () => {
  const manifest = parseManifest({
    ...minimal,
    app: { ...minimal.app, author: 'Acme' },
    requirements: { min_mvas_version: '>=2.0.0', min_memory_mb: 512, runtime: { gpu_memory_mb: 256, gpu_required: true } },
    testing: { test_suite: 'tests/', performance_baseline: { inference_time_ms: 5 } },
    marketplace: { price: 'free' },
  });
  expect(manifest.app.author).toEqual({ name: 'Acme' });
  expect(manifest.requirements).toMatchObject({ mvas_version: '>=2.0.0', system_memory_mb: 512, gpu_memory_mb: 256, gpu_required: true });
  expect(manifest.testing).toEqual({ test_images: 'tests/test_images', expected_results: 'tests/expected_results.json' });
  expect(manifest.performance.baseline).toEqual({ inference_time_ms: 5 });
  expect(manifest.marketplace).toEqual({ pricing: 'free' });
  expect(parseManifest(complete).app.author?.url).toBe('https://example.com');
  expect(parseManifest(complete).marketplace).toEqual({ pricing: 'subscription', price_usd: 40, period: 'month', trial_days: 30 });
});

test.each([
  [{ key: 'a', type: 'float', default: 2, max: 1 }, '/configuration/user_configurable/0/default must not be above 1, not 2'],
  [{ key: 'a', type: 'int', default: 1.5 }, '/configuration/user_configurable/0/default must be a whole number, not 1.5'],
  [{ key: 'a', type: 'enum', default: 'x', options: ['y'] }, '/configuration/user_configurable/0/default must be one of y, not "x"'],
  [{ key: 'a', type: 'enum', default: 'x' }, '/configuration/user_configurable/0/options is required for a setting of type enum'],
])('a setting that contradicts itself is refused: %j', (setting, message) => {
  expect(problems({ ...minimal, configuration: { user_configurable: [setting] } })).toEqual([message]);
});

test('versions are compared as versions, also that of the kit', () => {
  expect(problems({ ...minimal, manifest_version: '10.0' })[0]).toContain('must be a version 2');
  expect(problems({ ...minimal, minKitVersion: '99.0.0' })[0]).toContain('newer kit');
});

test('a manifest file with a byte order mark is read; a broken one is named with its path', async () => {
  const path = join(await scratchFolder(), 'manifest.json');
  await writeFile(path, `\uFEFF${JSON.stringify(minimal)}`);
  expect((await readManifest(path)).app.id).toBe('com.acme.cap');
  await writeFile(path, '{');
  await expect(readManifest(path)).rejects.toThrow(path);
  await writeFile(path, '{}');
  await expect(readManifest(path)).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });
});
