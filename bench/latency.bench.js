// Compares the latency that `mvas bench` reports with what a host in C measures of the same plugin, in alternating runs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from '../dist/bench/averages.js';
import { runTiming } from '../dist/bench/run-timing.js';
import { decodeImage } from '../dist/image/decode-image.js';
import { listImageFiles } from '../dist/image/image-files.js';
import { toFrame } from '../dist/image/to-frame.js';
import { openProject } from '../dist/project/project.js';
import { compileC } from './compile-c.js';

const root = resolve(import.meta.dirname, '..');
const sources = join(import.meta.dirname, 'latency');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const goal = 0.01;
const pairs = 15;

function compile(output, source, flags) {
  return compileC(join(sources, source), join(folder, output), flags);
}

/** Times a plugin in alternating runs by the kit and by the host in C: the same model, settings and frame. */
async function compare(title, { library, model, config, picture, format }, host, iterations) {
  const phases = [{ name: 'steady', frames: [0], iterations, warmup: 10 }];
  const order = { library, dependencies: [], model, config, pictures: [picture], frames: [{ picture: 0 }], phases };
  const { file, width, height, channels } = picture;
  const call = [library, model ?? '', config, iterations, file, width, height, channels, format].map(String);
  const [ours, theirs, ratios] = [[], [], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    theirs.push(median(JSON.parse(execFileSync(host, call, { encoding: 'utf8', maxBuffer: 1 << 26 }))));
    ours.push(median((await runTiming(order, { deadlineMs: 120_000 })).phases[0].taken.map(({ wall }) => wall)));
    ratios.push(ours.at(-1) / theirs.at(-1));
  }
  // the least of the medians: what other programs do to the machine only adds
  const off = Math.min(...ours) / Math.min(...theirs) - 1;
  const text = `median ${(Math.min(...ours) * 1000).toFixed(2)} µs, in C ${(Math.min(...theirs) * 1000).toFixed(2)} µs`;
  const spread = `pairs ${Math.min(...ratios).toFixed(3)}..${Math.max(...ratios).toFixed(3)} times`;
  console.log(`${Math.abs(off) <= goal ? '✓' : '✗'} ${title}: ${text}: ${(off * 100).toFixed(2)} % off (goal: 1 %), ${spread}`);
}

/** The project of the cpp-onnx template, built. */
async function template() {
  const project = join(folder, 'project');
  const mvas = (...args) =>
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  mvas('new', project, '--yes', '--template', 'cpp-onnx', '--app-id', 'com.example.latency');
  mvas('build', project);
  const opened = await openProject(project);
  const [first] = await listImageFiles(opened.testImages);
  const { data, width, height } = toFrame(await decodeImage(join(opened.testImages, first)), 'RGB');
  const file = join(folder, 'photograph');
  writeFileSync(file, data);
  const config = JSON.stringify({ ...JSON.parse(await opened.configJson()), threads: 1 });
  const picture = { file, path: 'photograph', width, height, channels: 3 };
  return { library: opened.libraryPath(), model: opened.modelPath, config, picture, format: 'RGB' };
}

try {
  writeFileSync(join(folder, 'pixels'), Buffer.alloc(64 * 64));
  const library = compile('work.so', 'work.c', ['-shared', '-fPIC', '-fvisibility=hidden']);
  const host = compile('host', 'host.c', ['-ldl']);
  const picture = { file: join(folder, 'pixels'), path: 'pixels', width: 64, height: 64, channels: 1 };
  const work = (rounds) => ({ library, model: null, config: JSON.stringify({ rounds }), picture, format: 'GRAY' });
  await compare('short calls', work(30_000), host, 1000);
  await compare('long calls', work(500_000), host, 200);
  await compare('cpp-onnx template', await template(), host, 60);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
