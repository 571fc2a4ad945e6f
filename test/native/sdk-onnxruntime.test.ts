// Plugins open ONNX models by a runtime that is found at run time, and say clearly what is missing or does not fit.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { compilePlugin } from '../compile-plugin.ts';
import { onnxModel, type TensorType } from '../onnx-model.ts';
import { scratchFolder } from '../scratch.ts';

const run = promisify(execFile);
const runtimeFolder = join(import.meta.dirname, '../../node_modules/onnxruntime-node/bin/napi-v6', platform(), arch());
const library = 'libonnxruntime.so.1';

const mean = { operator: 'ReduceMean', attributes: { axes: [1], keepdims: 0 } };
const float = (...shape: (number | string)[]): TensorType => ({ type: 'float', shape });
const rightModel = onnxModel({ input: float(1, 3, 8, 8), output: float(1, 8, 8), ...mean });

// The library's name and the search differ elsewhere; the Windows and macOS branches are compiled, not run here.
describe.skipIf(platform() !== 'linux')('a plugin with an ONNX model', () => {
  test('finds the runtime in deps/ of its own package, whatever the folder of the platform is called', async () => {
    const { plugin, folder } = await installed(true);
    expect(await infer(plugin, await modelFile(folder, rightModel))).toEqual({
      init: 0,
      infer: 0,
      error: '',
      decision: 'fail',
      score: '0.784314',
    });
  });

  test('finds the runtime in ONNXRUNTIME_ROOT', async () => {
    const { plugin, folder } = await installed(false);
    const model = await modelFile(folder, rightModel);
    expect(await infer(plugin, model, { ONNXRUNTIME_ROOT: runtimeFolder })).toMatchObject({ init: 0, infer: 0 });
  });

  test('says where it looked when there is no runtime', async () => {
    const { plugin, folder } = await installed(false);
    const { init, error } = await infer(plugin, await modelFile(folder, rightModel));
    expect(init).toBe(-1);
    expect(error).toContain(`${folder}/deps/anywhere/${library} (not there)`);
    expect(error).toContain('ONNXRUNTIME_ROOT is not set');
  });

  test('passes over a library that is not ONNX Runtime', async () => {
    const { plugin, folder } = await installed(true);
    const other = await compilePlugin('test/plugins/good/plain.c');
    await mkdir(join(folder, 'elsewhere/lib'), { recursive: true });
    await copyFile(other, join(folder, 'deps/anywhere', library));
    const model = await modelFile(folder, rightModel);
    expect(await infer(plugin, model, { ONNXRUNTIME_ROOT: runtimeFolder })).toMatchObject({ init: 0 });
    expect((await infer(plugin, model)).error).toContain(`${library} (it is not ONNX Runtime)`);
  });

  test('takes a model with open dimensions', async () => {
    const { plugin, folder } = await installed(true);
    const open = onnxModel({ input: float('n', 3, 'h', 'w'), output: float('n', 'h', 'w'), ...mean });
    expect(await infer(plugin, await modelFile(folder, open))).toMatchObject({ init: 0, score: '0.784314' });
  });

  test.each<[string, number, RegExp, Uint8Array]>([
    [
      'another input shape',
      -1,
      /model input "input" has the shape 1x3x16x\?, the plugin feeds 1x3x8x8/,
      onnxModel({ input: float(1, 3, 16, 'w'), output: float(1, 16, 'w'), ...mean }),
    ],
    [
      'another output shape',
      -1,
      /model output "output" has the shape 1x3x8x8, the plugin reads 1x8x8/,
      onnxModel({ input: float(1, 3, 8, 8), output: float(1, 3, 8, 8), operator: 'Sigmoid' }),
    ],
    [
      'another element type',
      -1,
      /model input "input" has element type 7, the plugin uses 1/,
      onnxModel({ input: { type: 'int64', shape: [1, 3, 8, 8] }, output: { type: 'int64', shape: [1, 8, 8] }, ...mean }),
    ],
    ['half a model', -1, /Failed to load model file .*model\.onnx: .*Protobuf parsing failed/, rightModel.slice(0, 60)],
    ['no bytes', -1, /Failed to open model file .*model\.onnx: it is empty/, new Uint8Array()],
    ['no model at all', -1, /Failed to load model file/, new Uint8Array(400).fill(65)],
  ])('refuses a file with %s', async (_, code, message, bytes) => {
    const { plugin, folder } = await installed(true);
    const { init, error } = await infer(plugin, await modelFile(folder, bytes));
    expect(init).toBe(code);
    expect(error).toMatch(message);
  });

  test('says that a model file is missing', async () => {
    const { plugin } = await installed(true);
    expect(await infer(plugin, '/no/such/model.onnx')).toMatchObject({
      init: -2,
      error: 'Failed to open model file /no/such/model.onnx: it does not exist',
    });
  });
});

/** A package of its own: bin/anywhere/plugin.so and, where asked for, deps/anywhere/libonnxruntime.so.1. */
async function installed(withRuntime: boolean): Promise<{ plugin: string; folder: string }> {
  const folder = await scratchFolder();
  const plugin = await compilePlugin('test/plugins/onnx/mean.cpp', {
    extraFlags: ['-ldl'],
    output: join(folder, 'bin/anywhere/plugin.so'),
  });
  await mkdir(join(folder, 'deps/anywhere'), { recursive: true });
  if (withRuntime) await copyFile(join(runtimeFolder, library), join(folder, 'deps/anywhere', library));
  return { plugin, folder };
}

async function modelFile(folder: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'model.onnx');
  await writeFile(path, bytes);
  return path;
}

interface Inspection {
  readonly init: number;
  readonly infer: number;
  readonly error: string;
  readonly decision: string;
  readonly score: string;
}

/** Loads the plugin in a small C host and inspects a grey picture of brightness 200. */
async function infer(plugin: string, model: string, environment: Record<string, string> = {}): Promise<Inspection> {
  const host = await compilePlugin('test/sdk/host.c', { fileName: 'host.exe', flags: ['-Wall', '-Wextra', '-Werror', '-ldl'] });
  const { ONNXRUNTIME_ROOT: _, ...inherited } = process.env;
  const { stdout } = await run(host, [plugin, model], { cwd: dirname(plugin), env: { ...inherited, ...environment } });
  const [init, code, error, decision, score] = stdout.split('\n');
  return { init: Number(init), infer: Number(code), error: error ?? '', decision: decision ?? '', score: score ?? '' };
}
