// Compares the latency that `mvas bench` reports with what a host in C measures of the same plugin, in alternating runs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTiming } from '../dist/bench/run-timing.js';

const root = resolve(import.meta.dirname, '..');
const sources = join(import.meta.dirname, 'latency');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const goal = 0.01;
const pairs = 15;

function compile(output, source, flags) {
  const path = join(folder, output);
  execFileSync('cc', ['-std=c11', '-O2', `-I${join(root, 'sdk/include')}`, join(sources, source), ...flags, '-o', path], {
    stdio: 'inherit',
  });
  return path;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function compare(plugin, host, rounds, iterations) {
  const config = JSON.stringify({ rounds });
  const picture = { file: join(folder, 'pixels'), path: 'pixels', width: 64, height: 64, channels: 1 };
  const order = { library: plugin, dependencies: [], model: null, config, picture, warmup: 10, iterations, wanted: 0, extraMs: 0 };
  const [ours, theirs, ratios] = [[], [], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    theirs.push(median(JSON.parse(execFileSync(host, [plugin, config, String(iterations)], { encoding: 'utf8' }))));
    ours.push(median([...(await runTiming(order, 120_000)).wallMs]));
    ratios.push(ours.at(-1) / theirs.at(-1));
  }
  // the least of the medians: what other programs do to the machine only adds
  const off = Math.min(...ours) / Math.min(...theirs) - 1;
  const text = `median ${(Math.min(...ours) * 1000).toFixed(2)} µs, in C ${(Math.min(...theirs) * 1000).toFixed(2)} µs`;
  const spread = `pairs ${Math.min(...ratios).toFixed(3)}..${Math.max(...ratios).toFixed(3)} times`;
  console.log(`${Math.abs(off) <= goal ? '✓' : '✗'} ${text}: ${(off * 100).toFixed(2)} % off (goal: 1 %), ${spread}`);
}

try {
  writeFileSync(join(folder, 'pixels'), Buffer.alloc(64 * 64));
  const plugin = compile('work.so', 'work.c', ['-shared', '-fPIC', '-fvisibility=hidden']);
  const host = compile('host', 'host.c', ['-ldl']);
  await compare(plugin, host, 25_000, 1000);
  await compare(plugin, host, 500_000, 200);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
