// Measures how soon `mvas conform --watch` has judged a rebuilt library, beside a run from the start.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { median } from '../dist/bench/averages.js';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const rounds = 5;
const library = join(folder, 'plugin.so');
const args = ['dist/cli/main.js', 'conform', library, '--model', 'test/plugins/good/brightness.model', '--json'];

/** Another build: the same library with one more byte behind it, in place of the old one as a linker does it. */
function rebuild() {
  const next = `${library}.new`;
  copyFileSync(library, next);
  appendFileSync(next, '\n');
  renameSync(next, library);
}

function coldRun() {
  const start = performance.now();
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - start;
}

async function watchedRuns() {
  const child = spawn(process.execPath, [...args, '--watch'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const reports = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const times = [];
  try {
    await reports.next();
    while (times.length < rounds) {
      const start = performance.now();
      rebuild();
      const { value } = await reports.next();
      if (JSON.parse(value).ok !== true) throw new Error('the good plugin does not conform');
      times.push(performance.now() - start);
    }
  } finally {
    child.kill('SIGINT');
  }
  return times;
}

try {
  const flags = ['-std=c11', '-O2', '-shared', '-fPIC', '-fvisibility=hidden', '-pthread', '-Wl,-Bsymbolic-functions,-z,relro,-z,now'];
  execFileSync('cc', [...flags, '-Isdk/include', 'test/plugins/good/plain.c', '-lm', '-o', library], { cwd: root });
  const cold = median(Array.from({ length: rounds }, coldRun));
  const watched = median(await watchedRuns());
  const share = watched / cold;
  console.log(
    `${share <= 1 ? '✓' : '✗'} from a rebuild to the verdict ${(watched / 1000).toFixed(2)} s, a run from the start ${(cold / 1000).toFixed(2)} s: ${share.toFixed(2)} of it (goal: no more than a run from the start)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
