import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProject } from '../../src/build/build.ts';
import { hostPlatform, platforms } from '../../src/core/platform.ts';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import { PluginFailure } from '../../src/harness/plugin-errors.ts';
import type { PluginHost } from '../../src/harness/plugin-host.ts';
import { decodeImage } from '../../src/image/decode-image.ts';
import type { Frame } from '../../src/image/frame.ts';
import { toFrame } from '../../src/image/to-frame.ts';
import { runProcess } from '../../src/process/run-process.ts';
import { openProject, type Project } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { sdkInclude } from '../compile-plugin.ts';
import { type NvidiaRoots, nvidiaRoots, placeTensorrt } from '../nvidia-stand-in.ts';
import { cli } from '../scratch.ts';
import { tensorrtHeaders } from '../tensorrt-headers.ts';
import { testIo } from '../test-io.ts';
import { optionalTool, venvPython } from '../tools.ts';

const cmake = optionalTool('cmake');
const cxx = optionalTool('c++');
const onGpu = 'TensorRT 10.3.0 on Stand-in GPU';
let cwd: string;
let roots: NvidiaRoots;
let project: Project;
let frame: Frame;

async function newProject(name: string, env: Readonly<Record<string, string>>): Promise<Project> {
  const answers = { appId: 'com.acme.brick', platforms: hostPlatform() };
  const { root } = await scaffold({ folder: name, template: 'cpp-tensorrt', answers }, testIo(cwd));
  const made = await openProject(root);
  await buildProject(made, {}, testIo(root, { env: { ...process.env, ...env } }));
  return made;
}

describe.skipIf(!cmake || !cxx || process.platform !== 'linux')('a project with TensorRT', () => {
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'mvas-tensorrt-'));
    roots = await nvidiaRoots(cwd);
    project = await newProject('brick', roots);
    await placeTensorrt(join(project.root, 'deps', platforms[hostPlatform()].folder));
    frame = toFrame(await decodeImage(join(project.root, 'test/test_images/dent_01.png')), 'RGB');
  });

  afterAll(async () => {
    await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
  });

  /** A host with a cache of its own and the given faults. */
  async function host(faults: Readonly<Record<string, string>> = {}, library = project.libraryPath()): Promise<PluginHost> {
    return await openPlugin(library, { env: environment(faults) });
  }
  function environment(faults: Readonly<Record<string, string>>) {
    return { ...process.env, XDG_CACHE_HOME: join(cwd, 'cache'), TENSORRT_ROOT: '', ORT_DISABLE_TELEMETRY: '1', ...faults };
  }
  const onnx = () => project.modelPath;

  /** Where the first inspection ran. */
  async function engineOf(faults: Readonly<Record<string, string>>, config = {}, model = onnx()): Promise<unknown> {
    const plugin = await host(faults);
    try {
      await plugin.init(model, JSON.stringify(config));
      return JSON.parse((await plugin.infer(frame)).details ?? '{}').engine;
    } finally {
      await plugin.dispose();
    }
  }

  /** The code and text with which init refuses. */
  async function refusal(faults: Readonly<Record<string, string>>, config = {}, model = onnx()) {
    const error = await engineOf(faults, config, model).then(
      (engine) => new Error(`it runs: ${engine}`),
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof PluginFailure)) throw error;
    return { code: error.returned, text: error.errorText };
  }

  async function engineFile(version = '10.3.0', gpu = 'Stand-in GPU'): Promise<string> {
    const path = join(cwd, `${version}-${gpu}.engine`);
    await writeFile(path, Buffer.concat([Buffer.from(`STAND-IN ENGINE\n${version}\n${gpu}\n`), await readFile(onnx())]));
    return path;
  }

  test('builds its engine once, keeps it, and builds it again when what it is for changes or the file is cut off', async () => {
    const folder = join(cwd, 'engines');
    const config = { engine_cache: folder };
    expect(await engineOf({}, config)).toBe(onGpu);
    const [kept] = await readdir(folder);
    expect(kept).toMatch(/^[0-9a-f]{16}-10\.3\.0-Stand-in-GPU-8\.9\.engine$/);
    // without an operator no engine can be built: only a kept one runs on the GPU
    const blocked = { MVAS_STAND_IN_NO_OPERATOR: '1' };
    expect(await engineOf(blocked, config)).toBe(onGpu);
    await truncate(join(folder, kept ?? ''), 1000);
    expect(await engineOf(blocked, config)).toContain('ONNX Runtime on the CPU');
    expect(await engineOf({}, config)).toBe(onGpu);
    expect(await engineOf({ ...blocked, MVAS_STAND_IN_VERSION: '10.4.0' }, config)).toContain('ONNX Runtime on the CPU');
    expect(await engineOf({ MVAS_STAND_IN_VERSION: '10.4.0' }, config)).toBe('TensorRT 10.4.0 on Stand-in GPU');
    expect(await readdir(folder)).toHaveLength(2);
  });

  test('a kept engine that TensorRT refuses is built again, and a cache that cannot be written hinders nobody', async () => {
    const folder = join(cwd, 'refused');
    const config = { engine_cache: folder };
    await engineOf({}, config);
    const [kept] = await readdir(folder);
    const renamed = join(folder, (kept ?? '').replace('Stand-in-GPU', 'Other'));
    await writeFile(renamed, await readFile(join(folder, kept ?? '')));
    expect(await engineOf({ MVAS_STAND_IN_GPU: 'Other' }, config)).toBe('TensorRT 10.3.0 on Other');
    await writeFile(join(cwd, 'a file'), '');
    expect(await engineOf({}, { engine_cache: join(cwd, 'a file', 'engines') })).toBe(onGpu);
    expect(await refusal({}, { engine_cache: 'engines' })).toEqual({
      code: -3,
      text: 'engine_cache must be an absolute path or empty, not engines',
    });
  });

  test.each([
    ['no GPU', { MVAS_STAND_IN_GPU: 'none' }, /no CUDA device: no CUDA-capable device is detected \(cudaErrorNoDevice\)$/],
    [
      'an operator that TensorRT does not have',
      { MVAS_STAND_IN_NO_OPERATOR: '1' },
      /TensorRT cannot read .*: No importer registered for op: Conv$/,
    ],
  ])('with %s an ONNX model runs on the CPU and says why, unless the configuration wants a GPU', async (_, faults, why) => {
    const cache = { engine_cache: join(cwd, 'none') };
    expect(await engineOf(faults, cache)).toMatch(new RegExp(`^ONNX Runtime on the CPU: ${why.source}`));
    expect(await refusal(faults, { ...cache, device: 'gpu' })).toEqual({ code: -1, text: expect.stringMatching(why) });
  });

  test('on the CPU by configuration, or without the library of TensorRT, it says so', async () => {
    expect(await engineOf({}, { device: 'cpu' })).toBe('ONNX Runtime on the CPU: the configuration says so');
    expect(await refusal({}, { device: 'cpu' }, await engineFile())).toMatchObject({
      code: -1,
      text: expect.stringContaining('cannot run on the CPU'),
    });
    const library = join(project.root, 'elsewhere/bin/linux/plugin.so');
    await mkdir(join(library, '..'), { recursive: true });
    await writeFile(library, await readFile(project.libraryPath()), { mode: 0o755 });
    const plugin = await host({ ONNXRUNTIME_ROOT: join(project.root, 'deps', platforms[hostPlatform()].folder) }, library);
    await plugin.init(onnx(), '{}');
    expect(JSON.parse((await plugin.infer(frame)).details ?? '{}').engine).toMatch(
      /^ONNX Runtime on the CPU: TensorRT 10 was not found\. Looked for .*deps\/linux\/libnvinfer\.so\.10 \(not there\), .*TENSORRT_ROOT is not set$/,
    );
    await plugin.dispose();
  });

  test('an engine runs on the GPU that it was made for', async () => {
    expect(await engineOf({}, {}, await engineFile())).toBe(onGpu);
    expect(await engineOf({ MVAS_STAND_IN_OPEN_SIZES: '1' }, {}, await engineFile())).toBe(onGpu);
  });

  test('every fault has its code and its text', async () => {
    const engine = await engineFile();
    const cases = [
      { faults: {}, model: join(cwd, 'no.engine'), code: -2, text: /^Failed to open model file .*no\.engine: it does not exist$/ },
      {
        faults: { MVAS_STAND_IN_GPU: 'none' },
        model: engine,
        code: -1,
        text: /^engine .* needs a GPU: no CUDA device: .*cudaErrorNoDevice/,
      },
      {
        faults: {},
        model: await engineFile('10.3.0', 'Other GPU'),
        code: -1,
        text: /cannot be loaded on this GPU by TensorRT 10\.3\.0: .*incompatible device: Other GPU/,
      },
      { faults: {}, model: await engineFile('8.6.1'), code: -1, text: /expecting library version 10\.3\.0 got 8\.6\.1/ },
      { faults: { MVAS_STAND_IN_ENGINE_TOO_BIG: '1' }, model: engine, code: -6, text: /out of memory/ },
      {
        faults: { MVAS_STAND_IN_MEMORY: '1000' },
        model: engine,
        code: -6,
        text: /^CUDA, memory on the device: out of memory \(cudaErrorMemoryAllocation\)$/,
      },
      { faults: { MVAS_STAND_IN_MEMORY: '1000' }, model: onnx(), code: -6, text: /^CUDA, memory on the device: out of memory/ },
    ];
    for (const { faults, model, code, text } of cases) {
      expect.soft(await refusal(faults, {}, model), text.source).toEqual({ code, text: expect.stringMatching(text) });
    }
  });

  test('an error of CUDA in the middle is −4 with its name, and again until the process ends; init then leaves the GPU alone', async () => {
    const plugin = await host({ MVAS_STAND_IN_FAILS_AT: '3' });
    await plugin.init(onnx(), '{}'); // its first run is the first time that it waits
    expect((await plugin.infer(frame)).decision).toBe('fail');
    const failure = { returned: -4, errorText: 'CUDA, running the model: unspecified launch failure (cudaErrorLaunchFailure)' };
    await expect(plugin.infer(frame)).rejects.toMatchObject(failure);
    await expect(plugin.infer(frame)).rejects.toMatchObject({ returned: -4, errorText: expect.stringContaining('cudaErrorLaunchFailure') });
    await plugin.init(onnx(), '{}');
    expect(JSON.parse((await plugin.infer(frame)).details ?? '{}').engine).toContain('CPU: no CUDA device: unspecified launch failure');
    await plugin.dispose();
  });

  test('with and without a CUDA graph, with open and fixed sizes, GPU and CPU find the same', async () => {
    const maps: Buffer[] = [];
    const ways = [{}, { MVAS_STAND_IN_NO_GRAPH: '1' }, { MVAS_STAND_IN_OPEN_SIZES: '1' }, { MVAS_STAND_IN_GPU: 'none' }];
    for (const way of ways) {
      const plugin = await host(way);
      await plugin.init(onnx(), JSON.stringify({ engine_cache: join(cwd, `ways-${maps.length}`), threads: 1 }));
      const { anomalyMap } = await plugin.infer(frame);
      maps.push(
        Buffer.from(
          anomalyMap?.data.buffer.slice(anomalyMap.data.byteOffset, anomalyMap.data.byteOffset + anomalyMap.data.byteLength) as ArrayBuffer,
        ),
      );
      await plugin.dispose();
    }
    expect(maps[0]?.length).toBe(256 * 256 * 4);
    for (const map of maps) expect(map.equals(maps[0] ?? Buffer.alloc(0))).toBe(true);
  });

  test('the host takes the fallback that the manifest names when the engine does not run here, and without one it fails', async () => {
    const path = join(project.root, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    const { model } = manifest.plugin;
    const name = 'models/model.engine';
    await writeFile(join(project.root, name), await readFile(await engineFile('10.3.0', 'Other GPU')));
    const infer = async (named: object, faults = {}) => {
      await writeFile(path, JSON.stringify({ ...manifest, plugin: { ...manifest.plugin, model: { ...model, ...named } } }));
      const env = Object.fromEntries(
        Object.entries(environment(faults)).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      );
      return await cli(['infer', project.root, join(project.root, 'test/test_images/dent_01.png'), '--once', '--json'], { env });
    };
    const both = await infer({ path: name, fallback: model.path });
    expect(JSON.parse(both.stdout)).toMatchObject({ decision: 'fail', details: { engine: onGpu } });
    const alone = await infer({ path: name });
    expect(alone.exitCode).not.toBe(0);
    expect(alone.stderr).toContain('incompatible device: Other GPU');
    // too little memory is no reason for another model
    const full = await infer({ path: name, fallback: model.path }, { MVAS_STAND_IN_GPU: 'Other GPU', MVAS_STAND_IN_MEMORY: '1000' });
    expect(full.exitCode).not.toBe(0);
    expect(full.stderr).toContain('out of memory');
    await writeFile(path, JSON.stringify(manifest));
  });

  test('agrees with the golden references of the ONNX template', async () => {
    const env = { XDG_CACHE_HOME: join(cwd, 'golden'), TENSORRT_ROOT: '', ORT_DISABLE_TELEMETRY: '1' };
    const golden = await cli(['golden', project.root, '--json'], { env });
    expect(JSON.parse(golden.stdout)).toMatchObject({ ok: true });
    expect(existsSync(join(cwd, 'golden/mvas/engines'))).toBe(true); // it was the GPU's way that was tested
  });

  test('its references are those of the ONNX template, but for what runs the model', async () => {
    const read = async (template: string) =>
      JSON.parse(await readFile(join(import.meta.dirname, '../../templates', template, 'test/expected_results.json'), 'utf8'));
    const [own, onnxs] = [await read('cpp-tensorrt'), await read('cpp-onnx')];
    expect(own.tolerance).toEqual({ details: { ignore: ['/engine'] } });
    const config = own.images[0].provenance.config;
    for (const image of onnxs.images) image.provenance.config = config;
    expect(own.images).toEqual(onnxs.images);
  });

  const python = venvPython();
  const cargo = optionalTool('cargo');
  const hasHeaders = python !== undefined && cargo !== undefined && process.arch === 'x64';
  /** CUDA's own toolkit, as far as it comes as Python packages. */
  async function toolkit(): Promise<string> {
    const folder = join(python ?? '', '../../lib');
    const [site = ''] = (await readdir(folder)).filter((name) => name.startsWith('python'));
    return join(folder, site, 'site-packages/nvidia/cu13');
  }

  test.skipIf(!hasHeaders)('compiles with NVIDIA’s own headers of CUDA and TensorRT 10, and starts with CUDA’s own runtime', async () => {
    const cuda = await toolkit();
    const folder = join(cwd, 'real');
    await mkdir(folder);
    const files = { include: join(cuda, 'include'), runtime: join(cuda, 'lib/libcudart_static.a') };
    const made = await newProject('real-brick', await nvidiaRoots(folder, files, await tensorrtHeaders(10)));
    await placeTensorrt(join(made.root, 'deps', platforms[hostPlatform()].folder));
    const plugin = await host({ CUDA_VISIBLE_DEVICES: '' }, made.libraryPath());
    await plugin.init(made.modelPath, '{}');
    // whichever CUDA says, it depends on the machine's driver
    expect(JSON.parse((await plugin.infer(frame)).details ?? '{}').engine).toMatch(
      /^ONNX Runtime on the CPU: no CUDA device: .*\(cudaError(InsufficientDriver|NoDevice)\)$/,
    );
    await plugin.dispose();
  });

  test.skipIf(!hasHeaders).each([10, 11] as const)('has no warning with NVIDIA’s own headers of TensorRT %i', async (major) => {
    const include = [`-I${sdkInclude}`, '-isystem', await tensorrtHeaders(major), '-isystem', join(await toolkit(), 'include')];
    for (const source of ['plugin.cpp', 'inference_engine.cpp']) {
      const args = ['-std=c++17', '-fsyntax-only', '-Wall', '-Wextra', '-Werror', ...include, join(project.root, 'src', source)];
      await expect(runProcess(cxx ?? '', args, { cwd, env: process.env })).resolves.toMatchObject({ exitCode: 0, stderr: '' });
    }
  });
});
