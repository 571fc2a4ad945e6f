// `mvas inspect`, `manifest` and `validate` on every kind of package; only scripts and pipelines are signed and verified here.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bytesSource } from '../../src/package/archive-source.ts';
import { writeArchive } from '../../src/package/write-archive.ts';
import { onnxModel } from '../onnx-model.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { writeUnsigned } from '../signed-package.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const zip = optionalTool('zip');
const model = Buffer.from(
  onnxModel({ input: { type: 'float', shape: ['batch', 3, 8, 8] }, output: { type: 'float', shape: [1, 8] }, operator: 'Relu' }),
);
const picture = join(import.meta.dirname, '../../templates/cpp-onnx/test/test_images/good_01.png');
const fixture = (name: string) => readFile(join(import.meta.dirname, '../fixtures', name));

async function workplace() {
  const folder = await scratchFolder();
  const env = { MVAS_HOME: join(folder, 'home'), MVAS_KEY_PASSPHRASE: '' };
  return { folder, mvas: (...args: string[]) => cli(args, { cwd: folder, env }) };
}

async function pipelinePackage(path: string, change: Readonly<Record<string, Buffer | undefined>> = {}): Promise<void> {
  const files = {
    'manifest.json': await fixture('pipeline-manifest.json'),
    'pipeline/pipeline.json': Buffer.from('{}'),
    'models/lid.onnx': model,
    'models/fill.onnx': Buffer.from('no model'),
    'processors/decide.py': Buffer.from('def make_decision(results): return {}\n'),
    'sbom.cdx.json': Buffer.from('{"components":[{"type":"library"},{"type":"library"},{"type":"machine-learning-model"}]}'),
    ...change,
  };
  await writeArchive(
    path,
    Object.entries(files).flatMap(([name, bytes]) => (bytes === undefined ? [] : [bytesSource(name, bytes)])),
  );
}

test('a pipeline is inspected, validated, signed and verified like any package, and never run as a plugin', async () => {
  const { folder, mvas } = await workplace();
  await pipelinePackage(join(folder, 'jar.mvapp'));
  expect(await mvas('validate', 'jar.mvapp')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is valid') });
  await mvas('keygen', '--dev', '--namespace', 'com.example');
  expect(await mvas('sign', 'jar.mvapp')).toMatchObject({ exitCode: 0 });
  expect(await mvas('verify', 'jar.mvapp')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('com.example.jar-line 3.0.1 is trusted'),
  });
  const { exitCode, stdout, stderr } = await mvas('inspect', 'jar.mvapp');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const line of [/^kind +pipeline$/m, /^platforms +any$/m, /^verdict +trusted here$/m, /^sbom +2 library, 1 machine-learning-model$/m])
    expect(stdout).toMatch(line);
  expect(stdout).toMatch(/^models\/\n( {2}.*\n)* {2}lid\.onnx +\d+ B {2}[0-9a-f]{16}$/m);
  expect(stdout).toContain(
    'models/lid.onnx: ONNX, opset 13, 1 operators\n  input   input  float32 [batch, 3, 8, 8]\n  output  output  float32 [1, 8]',
  );
  expect(stdout).toContain('models/fill.onnx: it');
  for (const command of ['conform', 'golden', 'bench', 'infer'])
    expect(await mvas(command, 'jar.mvapp', ...(command === 'infer' ? [picture] : [])), command).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/is (of type|a) pipeline, (and this takes native plugins only|which is not run yet)/),
    });
});

test('a pipeline that lacks a file its manifest names is no sound package', async () => {
  const { folder, mvas } = await workplace();
  await pipelinePackage(join(folder, 'jar.mvapp'), { 'processors/decide.py': undefined });
  expect(await mvas('validate', 'jar.mvapp')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('/processors/0/path must be in the package'),
  });
  expect(await mvas('verify', 'jar.mvapp', '--allow-unsigned')).toMatchObject({ exitCode: 10 });
});

test.skipIf(!zip)('a bare ZIP of version 1 is validated, inspected and printed in today’s form', async () => {
  const { folder, mvas } = await workplace();
  const files = {
    'manifest.json': await fixture('v1-manifest.json'),
    'model/model.onnx': model,
    'preprocessing/transforms.json': '{}',
    'postprocessing/rules.json': '{}',
  };
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'app', name)), { recursive: true });
    await writeFile(join(folder, 'app', name), bytes);
  }
  await run('zip', ['-q', '-r', '../cap.mvapp', '.'], { cwd: join(folder, 'app') });
  expect(await mvas('validate', 'cap.mvapp')).toMatchObject({ exitCode: 0 });
  expect(await mvas('verify', 'cap.mvapp')).toMatchObject({ exitCode: 11 });
  expect(await mvas('verify', 'cap.mvapp', '--allow-unsigned')).toMatchObject({ exitCode: 0 });
  expect((await mvas('inspect', 'cap.mvapp')).stdout).toMatch(/^kind +script, manifest version 1$/m);
  const { kind, models, verification } = JSON.parse((await mvas('inspect', 'cap.mvapp', '--json')).stdout);
  expect({ kind, code: verification.code, inputs: models[0].inputs.length }).toEqual({ kind: 'v1', code: 'UNSIGNED', inputs: 1 });
  expect(JSON.parse((await mvas('manifest', 'cap.mvapp')).stdout)).toMatchObject({
    package_type: 'script',
    models: [{ path: 'model/model.onnx' }],
  });
});

test('what is no package, or has a manifest that is wrong, is said in plain words', async () => {
  const { folder, mvas } = await workplace();
  await writeFile(join(folder, 'text.mvapp'), 'no archive');
  for (const command of ['inspect', 'manifest', 'validate']) {
    expect((await mvas(command, 'text.mvapp')).exitCode, command).toBe(10);
    expect((await mvas(command, 'missing.mvapp')).exitCode, command).toBe(2);
  }
  await writeUnsigned(join(folder, 'bad.mvapp'), { 'manifest.json': Buffer.from('{"plugin":{}}') });
  expect((await mvas('inspect', 'bad.mvapp')).stdout).toMatch(/^manifest +\d errors: see mvas validate$/m);
  expect(await mvas('manifest', 'bad.mvapp')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('/app is required') });
  expect(await mvas('manifest', join(import.meta.dirname, '../fixtures/native-manifest.json'))).toMatchObject({ exitCode: 0 });
});
