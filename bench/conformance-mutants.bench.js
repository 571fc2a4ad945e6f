// Puts small faults into a correct plugin by rule, faults that nobody wrote a check for, and counts how many the suite finds.
// Usage: node bench/conformance-mutants.bench.js [most, default 100] [seed, default 1]; 0 makes all of them.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { conform } from '../dist/conformance/conform.js';
import { seededRandom } from '../dist/conformance/random.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { sourceMutants } from './conformance/source-mutants.js';
import { bareSubject, optimised } from './conformance/test-plugins.js';

const source = 'plain.c';
const [most = 100, seed = 1] = process.argv.slice(2).map(Number);
const plugins = resolve(import.meta.dirname, '../test/plugins/good');
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const runner = await startConformanceRunner({ jobs: 2, env: process.env });

const codeOf = (library) => createHash('sha256').update(readFileSync(library)).digest('hex');

/** The mutant compiled; undefined where it does not compile, or where the compiler makes the same library of it. */
async function compiled(mutant, index, correct) {
  const path = join(folder, `mutant-${index}`, source);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, mutant.text.replaceAll(/#include "(?=\w+\.h")/g, `#include "${plugins}/`));
  const made = await optimised(path, folder).catch(() => undefined);
  return made === undefined || codeOf(made.library) === correct ? undefined : made;
}

async function failuresOf(plugin) {
  const report = await conform(bareSubject(plugin), { profile: 'strict', runner, timeoutFactor: 0.3, env: process.env });
  return report.checks.filter(({ status }) => !['pass', 'skip'].includes(status)).map(({ id }) => id);
}

try {
  const text = readFileSync(join(plugins, source), 'utf8');
  const random = seededRandom(seed);
  const all = sourceMutants(text);
  const order = all.map((mutant) => ({ mutant, key: random.below(2 ** 31) })).sort((a, b) => a.key - b.key);
  const correct = codeOf((await compiled({ text }, 'none', ''))?.library);
  const survivors = [];
  let made = 0;
  for (const [index, { mutant }] of order.entries()) {
    if (most > 0 && made === most) break;
    const plugin = await compiled(mutant, index, correct);
    if (plugin === undefined) continue;
    made += 1;
    const failing = await failuresOf(plugin);
    if (failing.length === 0) survivors.push(mutant);
    rmSync(dirname(plugin.library), { recursive: true });
  }
  console.log(`${made} of ${all.length} mutants of ${source} tried (the others compile to the same library, or not at all; seed ${seed})`);
  console.log(`${made - survivors.length} found, ${((100 * (made - survivors.length)) / made).toFixed(0)} %; not found:`);
  for (const { line, was, is } of survivors) console.log(`  ${source}:${line}: ${was}\n    became: ${is === '' ? '(nothing)' : is}`);
} finally {
  await runner.close();
  rmSync(folder, { recursive: true, force: true });
}
