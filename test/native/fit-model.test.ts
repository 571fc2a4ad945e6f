import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { runProcess } from '../../src/process/run-process.ts';
import { scratchFolder } from '../scratch.ts';
import { venvPython } from '../tools.ts';

const template = join(import.meta.dirname, '../../templates/cpp-onnx');
const python = venvPython();

/** Runs Python text beside the template's scripts; `print` is what comes back. */
async function runPython(text: string, ...args: string[]): Promise<string> {
  const head = `import sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(join(template, 'scripts'))})\n`;
  const { exitCode, stdout, stderr } = await runProcess(python ?? '', ['-c', head + text, ...args], { env: process.env });
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

function fitModel(args: readonly string[], cwd: string) {
  return runProcess(python ?? '', [join(template, 'scripts/fit_model.py'), ...args], { cwd, env: process.env });
}

/** Runs a model on a 1×3×256×256 tensor. */
async function anomalyMap(model: string, input: Float32Array): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  expect([session.inputNames, session.outputNames]).toEqual([['image'], ['anomaly_map']]);
  const { anomaly_map: map } = await session.run({ image: new Tensor('float32', input, [1, 3, 256, 256]) });
  expect(map?.dims).toEqual([1, 256, 256]);
  return map?.data as Float32Array;
}

async function floats(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function farthest(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((most, value, at) => Math.max(most, Math.abs(value - (right[at] ?? Number.NaN))), 0);
}

/** Fits quickly and badly, writes the model, and beside it the input and the map that the script itself computes. */
const shortFit = `
import os
os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np
from pathlib import Path
from fitting import detector
from fitting.graph import write_model
from fitting.png import read_picture
from fitting.preprocessing import resize, to_input
detector.VARIED, detector.SEARCHED, detector.STEPS = 6, 6, 20
good = [read_picture(p) for p in sorted(Path(sys.argv[1]).glob('*.png'))]
if sys.argv[3] == 'coloured':
    good = [(p * np.array([1, 0.8, 0.5])).astype(np.uint8) for p in good]
fitted = detector.fit(good, sys.argv[3] == 'aligned', say=lambda _: None)
out = Path(sys.argv[2])
write_model(fitted, out / 'model.onnx')
to_input(good[0][3:200, 5:290]).tofile(out / 'input.bin')
fitted.anomaly_map(resize(good[0][3:200, 5:290])).astype(np.float32).tofile(out / 'map.bin')
print(fitted.features.count)
`;

describe.skipIf(python === undefined)('fit_model.py', () => {
  test('the shipped model is what the script makes of the shipped photographs', async () => {
    const folder = await scratchFolder();
    const args = [
      '--good',
      join(template, 'images/good'),
      '--defect',
      join(template, 'images/defect'),
      '--output',
      'model.onnx',
      '--maps',
      'maps',
    ];
    const { exitCode, stdout, stderr } = await fitModel(args, folder);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(Number(/AUROC image (\d\.\d+)/.exec(stdout)?.[1])).toBeGreaterThan(0.99);
    expect(Number(/AUROC pixel (\d\.\d+)/.exec(stdout)?.[1])).toBeGreaterThan(0.98);
    expect(stdout).toContain('flattering');
    expect(stdout).toMatch(/suggested threshold 0\.\d\d/);
    expect((await readdir(join(folder, 'maps/good'))).length).toBe(4);
    expect((await readdir(join(folder, 'maps/defect'))).length).toBe(4);
    const size = (await readFile(join(folder, 'model.onnx'))).length;
    expect(size).toBeLessThan(1 << 20);
    for (const name of ['test/test_images/good_01.png', 'test/test_images/scratch_01.png', 'images/good/good_02.png']) {
      const script = 'from fitting import png, preprocessing\npreprocessing.to_input(png.read_picture(sys.argv[1])).tofile(sys.argv[2])';
      await runPython(script, join(template, name), join(folder, 'input.bin'));
      const input = await floats(join(folder, 'input.bin'));
      const [made, shipped] = [
        await anomalyMap(join(folder, 'model.onnx'), input),
        await anomalyMap(join(template, 'models/model.onnx'), input),
      ];
      expect.soft(farthest(made, shipped), name).toBeLessThan(2e-3);
    }
  }, 300_000);

  test.for([
    ['texture', 112],
    ['aligned', 114],
    ['coloured', 124],
  ] as const)(
    'the exported model computes what the script computes, and the texture one is the same bytes again: %s',
    async ([kind, features]) => {
      const folder = await scratchFolder();
      expect(await runPython(shortFit, join(template, 'images/good'), folder, kind)).toBe(`${features}\n`);
      const map = await anomalyMap(join(folder, 'model.onnx'), await floats(join(folder, 'input.bin')));
      expect(farthest(map, await floats(join(folder, 'map.bin')))).toBeLessThan(1e-4);
      if (kind !== 'texture') return;
      const again = await scratchFolder();
      await runPython(shortFit, join(template, 'images/good'), again, kind);
      expect((await readFile(join(again, 'model.onnx'))).equals(await readFile(join(folder, 'model.onnx')))).toBe(true);
    },
  );

  test('--aligned finds a good piece at the wrong place', async () => {
    const script = `
import os
os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np
from fitting import detector
from fitting.png import read_picture
from fitting.preprocessing import resize
detector.VARIED, detector.SEARCHED, detector.STEPS = 24, 24, 200
part, random = read_picture(sys.argv[1]), np.random.RandomState(1)
photograph = lambda: np.clip(part + random.randn(240, 320, 1) * 1.5, 0, 255).astype(np.uint8)
fitted = detector.fit([photograph() for _ in range(5)], True, say=lambda _: None)
def misplaced():
    picture, (y, y2), (x, x2) = photograph(), random.randint(10, 190, 2), random.randint(10, 270, 2)
    picture[y:y + 40, x:x + 40] = picture[y2:y2 + 40, x2:x2 + 40].copy()
    return picture
highest = lambda make: [float(fitted.anomaly_map(resize(make())).max()) for _ in range(8)]
print(np.mean(np.array(highest(misplaced)) > max(highest(photograph))))`;
    expect(Number(await runPython(script, join(template, 'images/good/good_01.png')))).toBeGreaterThanOrEqual(0.75);
  });

  test('PNG files are read as Pillow-made ones are: every row filter, grey with and without alpha, RGB, RGBA', async () => {
    const script = `
import numpy as np
from fitting import png
picture = png.read_picture(sys.argv[1])
print(picture.shape, picture.tolist())`;
    const folder = await scratchFolder();
    for (const [colour, channels] of [
      [0, 1],
      [4, 2],
      [2, 3],
      [6, 4],
    ] as const) {
      const path = join(folder, `${colour}.png`);
      const pixels = Uint8Array.from({ length: 5 * 3 * channels }, (_, at) => (at * 37 + 11) % 251);
      await writeFile(path, pngOf(pixels, 3, 5, colour, channels));
      const wanted = Array.from({ length: 5 }, (_, y) =>
        Array.from({ length: 3 }, (_, x) => [0, 1, 2].map((c) => pixels[(y * 3 + x) * channels + (channels < 3 ? 0 : c)])),
      );
      expect(await runPython(script, path)).toBe(`(5, 3, 3) ${JSON.stringify(wanted).replaceAll(',', ', ')}\n`);
    }
  });

  test('AUROC counts ties half, and the threshold lies between the sides when they are apart', async () => {
    const script = `
from fitting.judgement import auroc, suggest_threshold
print(auroc([0, 1], [2, 3]), auroc([1, 1], [1, 1]), auroc([0, 2], [1, 3]), auroc([2, 3], [0, 1]))
print(suggest_threshold([0.1, 0.2], [0.6, 0.9]), suggest_threshold([0.1, 0.2, 0.3, 0.7], [0.6, 0.8, 0.9]))`;
    expect(await runPython(script)).toBe('1.0 0.5 0.75 0.0\n0.4 0.6\n');
  });

  test('what it cannot use is named with the next step, and no model is written', async () => {
    const folder = await scratchFolder();
    const good = join(folder, 'good');
    await mkdir(join(folder, 'empty'));
    await cp(join(template, 'images/good'), good, { recursive: true });
    const picture = await readFile(join(good, 'good_01.png'));
    const cases: readonly (readonly [string, Buffer | undefined, RegExp])[] = [
      ['missing', undefined, /missing is not a folder/],
      ['empty', undefined, /empty holds no picture/],
      ['cut', picture.subarray(0, 9000), /bad\.png: it is damaged or cut off; save it as an 8-bit PNG/],
      ['deep', pngOf(new Uint8Array(64 * 64 * 2), 64, 64, 0, 2, 16), /bad\.png: only 8 bit grey, RGB and RGBA are read/],
      ['text', Buffer.from('no picture'), /bad\.png: it is not a PNG file/],
      ['tiny', pngOf(new Uint8Array(9), 3, 3, 0, 1), /bad\.png is 3x3; use pictures of at least 8x8/],
      ['few', picture, /few holds 1 picture\(s\); at least 3 good ones/],
    ];
    for (const [name, bytes, wanted] of cases) {
      if (bytes !== undefined) {
        await mkdir(join(folder, name));
        await writeFile(join(folder, name, 'bad.png'), bytes);
      }
      const { exitCode, stderr } = await fitModel(['--good', name, '--output', 'model.onnx'], folder);
      expect.soft(stderr, name).toMatch(wanted);
      expect.soft(stderr, name).not.toContain('Traceback');
      expect.soft(exitCode, name).toBe(2);
    }
    expect(await readdir(folder)).not.toContain('model.onnx');
  });
});

/** A PNG whose rows use the five filters in turn; 16 bit samples are given as two bytes. */
function pngOf(pixels: Uint8Array, width: number, height: number, colour: number, bytesPerPixel: number, depth = 8): Buffer {
  const stride = width * bytesPerPixel;
  const rows = Buffer.alloc(height * (stride + 1));
  for (let y = 0; y < height; y += 1) {
    rows[y * (stride + 1)] = y % 5;
    for (let x = 0; x < stride; x += 1) {
      const left = x >= bytesPerPixel ? (pixels[y * stride + x - bytesPerPixel] ?? 0) : 0;
      const up = y > 0 ? (pixels[(y - 1) * stride + x] ?? 0) : 0;
      const corner = y > 0 && x >= bytesPerPixel ? (pixels[(y - 1) * stride + x - bytesPerPixel] ?? 0) : 0;
      const guess = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, corner)][y % 5] ?? 0;
      rows[y * (stride + 1) + 1 + x] = (pixels[y * stride + x] ?? 0) - guess;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
