// Measures what the command line costs: its start beside bare Node, and one inspection by `mvas infer --once`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const main = join(root, 'dist/cli/main.js');
const rounds = 20;
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));

/** Milliseconds of each command, run by turns so that a busy machine is unfair to none. */
function measure(commands, cwd) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, args] of commands.entries()) {
      const start = performance.now();
      const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'ignore' });
      if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
      times[index].push(performance.now() - start);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(rounds / 2)]);
}

function report(what, ms, base, goal) {
  const ratio = ms / base;
  console.log(`${what.padEnd(28)} ${ms.toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)} times bare node (goal: at most ${goal})`);
}

try {
  const [bare, version, help, inferHelp] = measure(
    [
      ['-e', '0'],
      [main, '--version'],
      [main, '--help'],
      [main, 'infer', '--help'],
    ],
    folder,
  );
  console.log(`${'node -e 0'.padEnd(28)} ${bare.toFixed(0).padStart(5)} ms`);
  report('mvas --version', version, bare, 1.3);
  report('mvas --help', help, bare, 1.5);
  report('mvas infer --help', inferHelp, bare, 1.5);
  inspect();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Makes a cpp-onnx project, builds it, and inspects one of its photographs. */
function inspect() {
  const project = join(folder, 'bricks');
  execFileSync(process.execPath, [main, 'new', project, '--app-id', 'com.acme.bricks', '--yes'], { stdio: 'ignore' });
  execFileSync(process.execPath, [main, 'build'], { cwd: project, stdio: 'ignore', env: { ...process.env, ONNXRUNTIME_ROOT: '' } });
  const picture = 'test/test_images/good_01.png';
  if (!existsSync(join(project, picture))) throw new Error(`${picture} is not in the template`);
  const [once] = measure([[main, 'infer', '.', picture, '--once']], project);
  console.log(`${'mvas infer --once (cpp-onnx)'.padEnd(28)} ${once.toFixed(0).padStart(5)} ms (goal: at most 600)`);
}
