import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProject } from '../../src/build/build.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import { compareSides } from '../../src/golden/compare-sides.ts';
import { openSides } from '../../src/golden/open-sides.ts';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import type { InferenceResult, PluginHost } from '../../src/harness/plugin-host.ts';
import { decodeImage } from '../../src/image/decode-image.ts';
import type { Frame, FrameFormat } from '../../src/image/frame.ts';
import { heatStops } from '../../src/image/heat-colours.ts';
import { toFrame } from '../../src/image/to-frame.ts';
import { runProcess } from '../../src/process/run-process.ts';
import { openProject, type Project } from '../../src/project/project.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { cpuAfter } from '../idle-cpu.ts';
import { seededRandom } from '../random.ts';
import { testIo } from '../test-io.ts';
import { optionalTool, venvPython } from '../tools.ts';

const template = join(import.meta.dirname, '../../templates/cpp-onnx');
const python = venvPython();
const mingw = optionalTool('x86_64-w64-mingw32-g++');
let cwd: string;
let project: Project;
let host: PluginHost;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'mvas-template-'));
  const platforms = mingw === undefined ? hostPlatform() : `${hostPlatform()},windows-x64`;
  const { root } = await scaffold(
    { folder: 'brick-wall', template: 'cpp-onnx', answers: { appId: 'com.acme.brick', platforms } },
    testIo(cwd),
  );
  project = await openProject(root);
  const built = await buildProject(project, {}, testIo(root));
  host = await openPlugin(built.path);
});

afterAll(async () => {
  await host?.dispose();
  await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
});

/** A plugin with the defaults of the template, changed by `config`. */
async function inspect(frame: Frame, config: Readonly<Record<string, unknown>> = {}): Promise<InferenceResult> {
  await host.init(project.modelPath ?? null, JSON.stringify(config));
  return await host.infer(frame);
}

async function sample(name: string, format: FrameFormat = 'RGB', folder = 'test/test_images'): Promise<Frame> {
  return toFrame(await decodeImage(join(template, folder, name)), format);
}

/** Pages of memory that a process has touched for the first time: the tenth field of its stat. */
function minorFaults(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[7]);
}

/** Each pixel `factor` times as wide and high. */
function enlarged(frame: Frame, factor: number): Frame {
  const [width, height] = [frame.width * factor, frame.height * factor];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = Math.floor(y / factor) * frame.strideBytes + Math.floor(x / factor) * 3;
      data.set(frame.data.subarray(from, from + 3), (y * width + x) * 3);
    }
  return { ...frame, data, width, height, strideBytes: width * 3 };
}

/** Pixels of the visualization that differ from those of the other one, as a bounding box. */
function changed(picture: InferenceResult['visualization'], plain: InferenceResult['visualization']) {
  const [left, right] = [picture?.data ?? [], plain?.data ?? []];
  const box = { x1: Number.POSITIVE_INFINITY, y1: Number.POSITIVE_INFINITY, x2: -1, y2: -1, count: 0 };
  const width = picture?.width ?? 1;
  left.forEach((value, at) => {
    if (value === right[at]) return;
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    box.x1 = Math.min(box.x1, x);
    box.y1 = Math.min(box.y1, y);
    box.x2 = Math.max(box.x2, x + 1);
    box.y2 = Math.max(box.y2, y + 1);
    box.count += 1;
  });
  return box;
}

test('what an author writes is at most 250 lines', async () => {
  const sources = await readdir(join(template, 'src'));
  const lines = await Promise.all(
    sources.map(async (name) => (await readFile(join(template, 'src', name), 'utf8')).split('\n').length - 1),
  );
  expect(lines.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(250);
});

test('good sample photographs pass and defective ones fail', async () => {
  for (const name of (await readdir(join(template, 'test/test_images'))).filter((file) => file.endsWith('.png'))) {
    const result = await inspect(await sample(name));
    expect.soft(result.decision, name).toBe(name.startsWith('good') ? 'pass' : 'fail');
    expect.soft(result.confidence, name).toBeCloseTo(result.decision === 'pass' ? 1 - result.anomalyScore : result.anomalyScore, 6);
    expect.soft(result.anomalyScore, name).toBe(result.anomalyMap?.data.reduce((most, value) => Math.max(most, value)));
  }
});

test.skipIf(platform() !== 'linux' || availableParallelism() < 2)(
  'its threads do not wait for the next part in a loop, which would take the cores from cameras and other plugins',
  async () => {
    const frame = await sample('good_01.png');
    await inspect(frame, { threads: 2 });
    expect(await cpuAfter(host.pid, () => host.infer(frame))).toBeLessThan(10); // some 40 when they do
  },
);

test.skipIf(platform() !== 'linux')('the first part finds all memory ready that an inspection takes', async () => {
  const frame = await sample('good_01.png');
  const touched: number[] = [];
  const other = await openPlugin(host.library);
  await other.init(project.modelPath ?? null, '{}');
  for (let turn = 0; turn < 2; turn += 1) {
    const before = minorFaults(other.pid);
    await other.infer(frame);
    touched.push(minorFaults(other.pid) - before);
  }
  await other.dispose();
  const [first = 0, second = 0] = touched;
  expect(first - second).toBeLessThan(2048); // 8 MB; one block for all tensors, planned after a first run, is 32 MB
});

test('a box lies on the defect that was drawn, in pixels of the submitted image, at every size', async () => {
  const [name, factors] = ['spot_01.png', [1, 2, 8]] as const;
  const picture = await sample(name, 'RGB', 'images/defect');
  const mask = await sample(name, 'GRAY', 'images/masks');
  const marked = [...mask.data.keys()].filter((at) => (mask.data[at] ?? 0) > 127);
  const centre = { x: average(marked.map((at) => at % mask.width)), y: average(marked.map((at) => Math.floor(at / mask.width))) };
  for (const factor of factors) {
    const { boxes } = await inspect(enlarged(picture, factor));
    expect(boxes, `factor ${factor}`).toHaveLength(1);
    const [box] = boxes;
    expect(Math.abs(((box?.x1 ?? 0) + (box?.x2 ?? 0)) / 2 / factor - centre.x)).toBeLessThan(6);
    expect(Math.abs(((box?.y1 ?? 0) + (box?.y2 ?? 0)) / 2 / factor - centre.y)).toBeLessThan(6);
  }
});

/** The same picture as if it were taken through yellow glass. */
function tinted(frame: Frame): Frame {
  return { ...frame, data: frame.data.map((value, at) => (at % 3 === 2 ? value * 0.6 : value)) };
}

function bytesOf(values: Float32Array | Uint8Array | undefined): Buffer {
  return values === undefined ? Buffer.alloc(0) : Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

test('a colour frame gives the same result in RGB, BGR and RGBA, and another one with red and blue confused', async () => {
  const rgb = tinted(await sample('spot_01.png'));
  const wanted = await inspect(rgb);
  const swapped = rgb.data.map((_, at, all) => all[at + 2 - 2 * (at % 3)] ?? 0);
  const rgba = Uint8Array.from({ length: rgb.width * rgb.height * 4 }, (_, at) =>
    at % 4 === 3 ? 7 : (rgb.data[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
  );
  const same: Frame[] = [
    { ...rgb, data: swapped, format: 'BGR' },
    { ...rgb, data: rgba, format: 'RGBA', channels: 4, strideBytes: rgb.width * 4 },
  ];
  for (const frame of same) {
    const result = await inspect(frame);
    expect.soft(bytesOf(result.anomalyMap?.data).equals(bytesOf(wanted.anomalyMap?.data)), frame.format).toBe(true);
    expect.soft(bytesOf(result.visualization?.data).equals(bytesOf(wanted.visualization?.data)), frame.format).toBe(true);
  }
  const confused = await inspect({ ...rgb, data: swapped });
  expect(bytesOf(confused.anomalyMap?.data).equals(bytesOf(wanted.anomalyMap?.data))).toBe(false);
});

test.skipIf(python === undefined)('the plugin gives the model the very input it was fitted to', async () => {
  for (const [width, height] of [
    [317, 201],
    [97, 640],
    [256, 256],
    [1, 3],
  ] as const) {
    const random = seededRandom(width);
    const data = Uint8Array.from({ length: width * height * 3 }, () => random(256));
    const files = { pixels: join(cwd, 'pixels.bin'), input: join(cwd, 'input.bin') };
    await writeFile(files.pixels, data);
    const script = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import numpy as np
from fitting.preprocessing import to_input
picture = np.fromfile(sys.argv[2], np.uint8).reshape(${height}, ${width}, 3)
to_input(picture).tofile(sys.argv[3])`;
    const run = await runProcess(python ?? '', ['-c', script, join(template, 'scripts'), files.pixels, files.input], { env: process.env });
    expect(run.stderr).toBe('');
    const bytes = await readFile(files.input);
    const session = await InferenceSession.create(join(template, 'models/model.onnx'), { intraOpNumThreads: 1 });
    const tensor = new Tensor(
      'float32',
      new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
      [1, 3, 256, 256],
    );
    const { anomaly_map: wanted } = await session.run({ image: tensor });
    const result = await inspect({ data, width, height, channels: 3, strideBytes: width * 3, format: 'RGB' }, { threads: 1 });
    expect(bytesOf(result.anomalyMap?.data).equals(bytesOf(wanted?.data as Float32Array)), `${width}x${height}`).toBe(true);
  }
});

test('a grey frame gives the same result as the same picture in RGB', async () => {
  const [grey, rgb] = [await inspect(await sample('spot_01.png', 'GRAY')), await inspect(await sample('spot_01.png'))];
  expect(bytesOf(grey.anomalyMap?.data).equals(bytesOf(rgb.anomalyMap?.data))).toBe(true);
  expect(bytesOf(grey.visualization?.data).equals(bytesOf(rgb.visualization?.data))).toBe(true);
});

test('threshold, review_ratio and min_area work from the configuration of init and from set_config', async () => {
  const frame = await sample('pixel_01.png');
  const { anomalyScore: score } = await inspect(frame);
  const cases = [
    { values: { threshold: 1, review_ratio: 1 }, decision: 'pass', boxes: 0 },
    { values: { threshold: 1, review_ratio: score - 0.05 }, decision: 'review', boxes: 0 },
    { values: { threshold: score - 0.05, review_ratio: 0 }, decision: 'fail', boxes: 0 },
    { values: { threshold: score - 0.05, min_area: 1 }, decision: 'fail', boxes: 1 },
    { values: { threshold: 0.5, min_area: 65536 }, decision: 'fail', boxes: 0 },
    { values: { threshold: 0, min_area: 65536 }, decision: 'fail', boxes: 1 },
  ];
  for (const { values, decision, boxes } of cases) {
    const byInit = await inspect(frame, { min_area: 200, ...values });
    await inspect(frame, { min_area: 200 });
    await host.setConfig(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)])));
    const bySet = await host.infer(frame);
    for (const result of [byInit, bySet]) {
      expect.soft(result.decision, JSON.stringify(values)).toBe(decision);
      expect.soft(result.boxes.length, JSON.stringify(values)).toBe(boxes);
    }
  }
});

test('threads takes effect at the next image and changes no verdict', async () => {
  const frame = await sample('dent_01.png');
  const one = await inspect(frame, { threads: 1 });
  await host.setConfig({ threads: '2' });
  const two = await host.infer(frame);
  expect(JSON.parse((await host.getConfig()) ?? '')).toMatchObject({ threads: 2 });
  expect(two.decision).toBe(one.decision);
  expect(two.anomalyScore).toBeCloseTo(one.anomalyScore, 4);
  await expect(host.setConfig({ threads: '-1' })).rejects.toThrow('threads');
});

test('each visualization shows the photograph in its own shape and marks the defect where it is', async () => {
  const frame = await sample('spot_01.png');
  const plain = await inspect(frame, { visualization_type: 'bbox', threshold: 1 });
  expect([plain.visualization?.width, plain.visualization?.height]).toEqual([320, 240]);
  expect(Buffer.compare(Buffer.from(plain.visualization?.data ?? []), Buffer.from(frame.data))).toBe(0);
  for (const type of ['heatmap', 'contour', 'bbox']) {
    const result = await inspect(frame, { visualization_type: type });
    const [box] = result.boxes;
    const marks = changed(result.visualization, plain.visualization);
    if (type !== 'heatmap') {
      expect.soft(Math.abs(marks.x1 - (box?.x1 ?? 0)), type).toBeLessThan(6);
      expect.soft(Math.abs(marks.y2 - (box?.y2 ?? 0)), type).toBeLessThan(6);
    }
    const at = (Math.round(((box?.y1 ?? 0) + (box?.y2 ?? 0)) / 2) * 320 + Math.round(((box?.x1 ?? 0) + (box?.x2 ?? 0)) / 2)) * 3;
    const centre = [...(result.visualization?.data.subarray(at, at + 3) ?? [])];
    if (type === 'heatmap') expect.soft(centre[0], type).toBeGreaterThan(2 * (centre[1] ?? 0));
    else expect.soft(centre, type).toEqual([...frame.data.subarray(at, at + 3)]);
  }
  expect((await inspect(frame, { visualization_type: 'none' })).visualization).toBeUndefined();
  await expect(inspect(frame, { visualization_type: 'heat' })).rejects.toThrow('heatmap');
});

test('the picture of a large frame has at most 512 pixels on a side, and one pixel is enough', async () => {
  const large = await inspect(enlarged(await sample('good_01.png'), 8));
  expect([large.visualization?.width, large.visualization?.height]).toEqual([512, 384]);
  const tiny = await inspect({ data: Uint8Array.of(9, 9, 9), width: 1, height: 1, channels: 3, strideBytes: 3, format: 'RGB' });
  expect([tiny.visualization?.width, tiny.visualization?.height]).toEqual([1, 1]);
});

test("the SDK's heat map and the kit's reports share one colour scale", async () => {
  const header = await readFile(join(template, '../../sdk/include/mvas/draw.hpp'), 'utf8');
  const stops = /stops\[\] = \{(.*)\};/.exec(header)?.[1] ?? '';
  expect(JSON.parse(`[${stops.replaceAll('{', '[').replaceAll('}', ']')}]`)).toEqual(heatStops);
});

test('ctest runs the C++ test through the interface', async () => {
  const ctest = optionalTool('ctest') ?? 'ctest';
  const { exitCode, stdout } = await runProcess(ctest, ['--test-dir', join(project.root, 'build', hostPlatform()), '--output-on-failure'], {
    env: process.env,
  });
  expect(stdout).toContain('100% tests passed');
  expect(exitCode).toBe(0);
});

test.skipIf(mingw === undefined)('it builds for Windows on this machine', async () => {
  const built = await buildProject(project, { platform: 'windows-x64' }, testIo(project.root));
  expect(built.exports).toContain('mvas_infer');
});

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('the plugin gives what its bare model gives by another build of ONNX Runtime', async () => {
  await using sides = await openSides([project.root, project.modelPath], {}, testIo(cwd));
  const report = await compareSides(sides.a, sides.b, { folder: sides.folder, images: sides.images });
  expect(report).toMatchObject({ ok: true, counts: { same: 8 }, notCompared: ['bboxes', 'confidence', 'details', 'visualization'] });
  expect(report.images[0]?.lines.map(({ output }) => output)).toEqual(expect.arrayContaining(['decision', 'anomaly_score', 'anomaly_map']));
});
