// Measures how long create-mvas-plugin takes to start and to make a project, beside a node that does nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from '../dist/bench/averages.js';

const root = resolve(import.meta.dirname, '..');
const entry = join(root, 'create-mvas-plugin/dist/cli/create-main.js');
const goalMs = 300;
const rounds = 15;

function medianMs(args) {
  const times = Array.from({ length: rounds }, (_, round) => {
    const since = performance.now();
    execFileSync(
      process.execPath,
      args.map((arg) => arg.replace('#', String(round))),
      { stdio: 'ignore' },
    );
    return performance.now() - since;
  });
  return median(times);
}

execFileSync(process.execPath, [join(root, 'scripts/bundle-create.js')]);
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
try {
  const bare = medianMs(['-e', '0']);
  const help = medianMs([entry, '--help']);
  const made = medianMs([entry, join(folder, 'p#'), '--name', 'bench', '--app-id', 'com.example.bench', '--yes']);
  const kilobytes = Math.round(statSync(entry).size / 1000);
  console.log(`create-mvas-plugin: ${kilobytes} kB of code; bare node ${bare.toFixed(0)} ms`);
  console.log(
    `  --help         ${help.toFixed(0)} ms, ${(help / bare).toFixed(1)} times, ${(help - bare).toFixed(0)} ms more (goal: at most ${goalMs})`,
  );
  console.log(`  a whole project ${made.toFixed(0)} ms, ${(made / bare).toFixed(1)} times, ${(made - bare).toFixed(0)} ms more`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
