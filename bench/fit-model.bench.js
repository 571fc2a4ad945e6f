// Measures the model that fit_model.py makes: how well it finds drawn defects, how long the model and a whole inspection take.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { hostPlatform, platforms } from '../dist/core/platform.js';
import { openPluginInProcess } from '../dist/harness/open-plugin-in-process.js';

const root = resolve(import.meta.dirname, '..');
const template = join(root, 'templates/cpp-onnx');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const goalMs = 10;

/** Least and middle time of 50 calls in milliseconds; the least is what the work costs, the middle what this machine's load makes of it. */
async function time(call) {
  const times = [];
  for (let at = 0; at < 60; at += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  times.splice(0, 10);
  times.sort((a, b) => a - b);
  return `least ${times[0].toFixed(1)} ms, median ${times[25].toFixed(1)} ms`;
}

function frame(width, height) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 2654435761) >>> 24);
  return { data, width, height, channels: 3, strideBytes: width * 3, format: 'RGB' };
}

/** The template's plugin, built as a user builds it. */
function buildPlugin() {
  const kit = (...args) =>
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  kit('new', 'bench', '--app-id', 'com.example.bench', '--yes');
  kit('build', 'bench');
  const { folder: place, library } = platforms[hostPlatform()];
  return join(folder, 'bench/bin', place, library);
}

const windows = process.platform === 'win32';
const python = join(root, '.venv', windows ? 'Scripts/python.exe' : 'bin/python');
try {
  if (!existsSync(python)) console.log('drawn defects: not measured, .venv is missing (node scripts/setup.js --python)');
  else console.log(execFileSync(python, [join(root, 'bench/fit-model/evaluate.py')], { encoding: 'utf8' }).trimEnd());
  const session = await InferenceSession.create(join(template, 'models/model.onnx'), { intraOpNumThreads: 1 });
  const image = new Tensor(
    'float32',
    new Float32Array(3 * 256 * 256).map((_, at) => Math.sin(at)),
    [1, 3, 256, 256],
  );
  console.log(`model alone, one thread: ${await time(() => session.run({ image }))} (goal: at most ${goalMs} ms)`);
  const host = await openPluginInProcess(buildPlugin());
  for (const [width, height] of [
    [320, 240],
    [2448, 2048],
  ])
    for (const visualization_type of ['none', 'heatmap', 'contour', 'bbox']) {
      await host.init(join(template, 'models/model.onnx'), JSON.stringify({ threads: 1, visualization_type }));
      const picture = frame(width, height);
      console.log(`whole inspection of ${width}x${height}, ${visualization_type}, one thread: ${await time(() => host.infer(picture))}`);
    }
  await host.dispose();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
