// The scripts that build an engine: their arguments, what they say without TensorRT, and what they do with a stand-in for it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from 'vitest';
import { tensorrtPackage } from '../nvidia-stand-in.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const templates = join(import.meta.dirname, '../../templates');
const python = optionalTool('python3');
const bash = process.platform === 'win32' ? undefined : optionalTool('bash');
let root: string;

beforeEach(async () => {
  root = await scratchFolder();
  await cp(join(templates, 'cpp-tensorrt/scripts'), join(root, 'scripts'), { recursive: true });
  await mkdir(join(root, 'models'));
  await cp(join(templates, 'cpp-onnx/models/model.onnx'), join(root, 'models/model.onnx'));
});

/** Runs a script; what it printed and its exit code. */
async function script(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const result = run(program, args, { cwd: root, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env } });
  return await result.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}
const build = (args: readonly string[], env = {}) =>
  script('python3', ['scripts/build_engine.py', ...args], { PYTHONPATH: tensorrtPackage, ...env });

test.skipIf(!python)('without the Python package it says what to install, and bad arguments are refused before that', async () => {
  await writeFile(join(root, 'tensorrt.py'), 'raise ImportError("libnvinfer.so.10: cannot open shared object file")\n');
  const missing = await build([], { PYTHONPATH: root });
  expect(missing).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/libnvinfer\.so\.10: cannot open .*: pip install tensorrt, or use/),
  });
  const cases = [
    [['--model', 'none.onnx'], /--model none\.onnx is no file/],
    [['--output', 'models/other.onnx'], /must not end in \.onnx/],
    [['--workspace-mb', '0'], /at least 1/],
    [['--fp8'], /unrecognized arguments: --fp8/],
  ] as const;
  for (const [args, text] of cases)
    expect(await build(args, { PYTHONPATH: root })).toMatchObject({ code: 2, stderr: expect.stringMatching(text) });
  expect(await readdir(join(root, 'models'))).toEqual(['model.onnx']);
});

test.skipIf(!python)('it builds with floats of 32 bits unless others are allowed, and says how to ship the engine', async () => {
  const built = await build([]);
  expect(built).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/built .*model\.engine with TensorRT 10\.3\.0\n.*"fallback": "models\/model\.onnx"/),
  });
  const model = await readFile(join(root, 'models/model.onnx'));
  const engine = await readFile(join(root, 'models/model.engine'));
  expect(engine.equals(Buffer.concat([Buffer.from('STAND-IN ENGINE\n10.3.0\nStand-in GPU\n'), model]))).toBe(true);
  await build(['--fp16', '--tf32', '--output', 'half.engine']);
  expect((await readFile(join(root, 'half.engine'))).subarray(0, 42).toString('latin1')).toContain('Stand-in GPU 06\n');
});

test.skipIf(!python)('a model that TensorRT cannot read or build leaves nothing behind', async () => {
  await writeFile(join(root, 'bad.onnx'), 'not a model');
  expect(await build(['--model', 'bad.onnx'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cannot read bad.onnx: In node -1: INVALID_GRAPH'),
  });
  expect(await build([], { MVAS_STAND_IN_GPU: 'too small' })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cannot build an engine'),
  });
  expect(await readdir(join(root, 'models'))).toEqual(['model.onnx']);
});

test.skipIf(!bash || existsSync('/usr/src/tensorrt/bin/trtexec'))(
  'without trtexec the form for it says where it is looked for',
  async () => {
    await mkdir(join(root, 'bin'));
    await symlink(optionalTool('dirname') ?? '', join(root, 'bin/dirname'));
    const missing = await script(bash ?? '', ['scripts/build_engine.sh'], {
      TENSORRT_ROOT: join(root, 'nowhere'),
      PATH: join(root, 'bin'),
    });
    expect(missing).toMatchObject({ code: 3, stderr: "build_engine.sh: trtexec is missing; name TensorRT's folder in TENSORRT_ROOT\n" });
  },
);

test.skipIf(!bash)('the form for trtexec passes arguments on, and moves the engine into place only when all went well', async () => {
  await mkdir(join(root, 'trt/bin'), { recursive: true });
  const trtexec =
    'echo "$@"\nfor a; do case $a in --saveEngine=*) echo engine > "$(echo "$a" | cut -d= -f2)";; --broken) exit 7;; esac; done\n';
  await writeFile(join(root, 'trt/bin/trtexec'), `#!/bin/sh\n${trtexec}`, { mode: 0o755 });
  const env = { TENSORRT_ROOT: join(root, 'trt') };
  expect(await script('bash', ['scripts/build_engine.sh', '--broken'], env)).toMatchObject({ code: 7 });
  expect(await readdir(join(root, 'models'))).toEqual(['model.onnx']);
  const built = await script('bash', ['scripts/build_engine.sh', '--fp16'], env);
  expect(built).toMatchObject({ code: 0, stdout: expect.stringMatching(/--onnx=.*model\.onnx --saveEngine=.*\.part --noTF32 --fp16/) });
  expect(await readdir(join(root, 'models'))).toEqual(['model.engine', 'model.onnx']);
});
