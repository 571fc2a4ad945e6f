// Counts how often `mvas bench compare` is right: a plugin against itself, and against one that does 5 % more work.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { median } from '../dist/bench/averages.js';
import { compareBuilds } from '../dist/bench/compare-builds.js';
import { compileC } from './compile-c.js';

const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
// 50 of each take about 35 minutes; MVAS_COMPARISONS=5 gives a first impression
const comparisons = Number(process.env['MVAS_COMPARISONS'] ?? 50);

function subject(library, rounds) {
  const test = { testImages: folder, expectedResults: join(folder, 'none.json'), benchmark: join(folder, 'none.json') };
  return { root: folder, library, model: null, config: JSON.stringify({ rounds }), dependencies: [], ...test };
}

async function count(title, later, wanted, goal) {
  const verdicts = { better: 0, same: 0, worse: 0, inconclusive: 0 };
  const widths = [];
  for (let comparison = 0; comparison < comparisons; comparison += 1) {
    const { verdict, interval, old } = await compareBuilds(subject(former, calls), later, { image, force: true });
    verdicts[verdict] += 1;
    widths.push(interval[1] - interval[0]);
    process.stderr.write(`${comparison + 1} of ${comparisons}: ${verdict}, old ${(old.medianMs * 1000).toFixed(0)} µs\n`);
  }
  const right = wanted.reduce((sum, verdict) => sum + verdicts[verdict], 0);
  const width = median(widths);
  const told = Object.entries(verdicts).map(([verdict, times]) => `${times} ${verdict}`).join(', '); // biome-ignore format: one line
  console.log(
    `${right / comparisons >= goal / 50 ? '✓' : '✗'} ${title}: ${told} (goal: ${wanted.join(' or ')} in ${goal} of 50); width of the interval ${(100 * width).toFixed(1)} %`,
  );
}

const calls = 150_000;
const image = join(folder, 'image.png');
const work = join(import.meta.dirname, 'latency/work.c');
const former = compileC(work, join(folder, 'old.so'), ['-shared', '-fPIC', '-fvisibility=hidden']);
try {
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'grey' } })
    .png()
    .toFile(image);
  writeFileSync(join(folder, 'none.json'), '{"images": []}');
  copyFileSync(former, join(folder, 'new.so'));
  await count('a plugin against itself', subject(join(folder, 'new.so'), calls), ['same', 'inconclusive'], 48);
  await count('against one that works 5 % longer', subject(join(folder, 'new.so'), calls * 1.05), ['worse'], 45);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
