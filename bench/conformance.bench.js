// Measures the whole suite on a plugin that does next to nothing, by copied and by fresh processes, beside the start of Node itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checks } from '../dist/conformance/checks/index.js';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const rounds = 5;

/** Median wall time of a program, in ms. */
function median(args) {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
    return performance.now() - start;
  });
  return times.toSorted((a, b) => a - b)[rounds >> 1];
}

try {
  const library = join(folder, 'plugin.so');
  execFileSync(
    'cc',
    [
      '-std=c11',
      '-O2',
      '-shared',
      '-fPIC',
      '-fvisibility=hidden',
      '-pthread',
      '-Isdk/include',
      'test/plugins/good/plain.c',
      '-lm',
      '-o',
      library,
    ],
    { cwd: root },
  );
  const conform = ['dist/cli/main.js', 'conform', library, '--model', 'test/plugins/good/brightness.model', '--json', '--jobs', '2'];
  const node = median(['-e', '0']);
  const cases = [
    ['by copies of a prepared process', conform, 2000],
    ['by fresh processes', [...conform, '--fresh'], 8000],
  ];
  console.log(
    `${checks.length} checks on a stub plugin, two at a time, ${cpus().length} cores; a bare node start takes ${node.toFixed(0)} ms`,
  );
  for (const [title, args, goal] of cases) {
    const time = median(args);
    console.log(
      `${time <= goal ? '✓' : '✗'} ${title}: ${(time / 1000).toFixed(2)} s, ${(time / node).toFixed(1)} node starts (goal: at most ${goal / 1000} s)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
