// Measures building a cpp-onnx project: clean and with nothing to do, beside CMake alone; and its whole conformance run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve(import.meta.dirname, '../dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const project = join(folder, 'bench');
const tree = join(folder, 'tree');

/** Wall time in seconds of the fastest of some runs. */
function seconds(program, args, rounds) {
  const times = Array.from({ length: rounds }, () => {
    const since = performance.now();
    execFileSync(program, args, { stdio: 'ignore' });
    return (performance.now() - since) / 1000;
  });
  return Math.min(...times);
}

const mvas = (args, rounds) => seconds(process.execPath, [cli, ...args], rounds);
const line = (what, time, beside, goal) =>
  console.log(
    `${time <= goal ? '✓' : '✗'} ${what}: ${time.toFixed(2)} s${beside ? `, ${(time / beside).toFixed(2)} times CMake alone` : ''} (goal: at most ${goal} s)`,
  );

try {
  mvas(['new', project, '--yes', '--app-id', 'com.example.bench'], 1);
  const clean = mvas(['build', project, '--clean'], 2);
  const again = mvas(['build', project], 3);
  const configure = seconds('cmake', ['-S', project, '-B', tree, '-DCMAKE_BUILD_TYPE=Release'], 1);
  const compile = seconds('cmake', ['--build', tree, '--parallel', '2'], 1);
  const nothing = seconds('cmake', ['--build', tree], 3);
  line('clean build of cpp-onnx', clean, configure + compile, 15);
  line('build with nothing to do', again, nothing, 1);
  line(
    'conformance of cpp-onnx, strict, by copies of a prepared process',
    mvas(['conform', project, '--profile', 'strict'], 2),
    undefined,
    4,
  );
  line('conformance of cpp-onnx, strict, --fresh', mvas(['conform', project, '--profile', 'strict', '--fresh'], 1), undefined, 10);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
