// Judges the correct plugins again and again, also while every core is busy with something else, and counts verdicts that change.
// Usage: node bench/conformance-steady.bench.js [runs]; default 100 runs over all of them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../dist/conformance/conform.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { bareSubject, goodPlugin, goodSources } from './conformance/test-plugins.js';

const runs = Number(process.argv[2] ?? 100);
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const runner = await startConformanceRunner({ jobs: 2, env: process.env });

/** Runs the suite in turn on the plugins; what is not a pass, or a skip for want of an optional function or manifest, is an alarm. */
async function alarms(plugins) {
  let count = 0;
  for (let run = 0; run < runs; run += 1) {
    const [source, plugin] = plugins[run % plugins.length];
    const report = await conform(bareSubject(plugin), { profile: 'strict', runner, seed: run + 1, env: process.env });
    for (const { id, status, reason, findings } of report.checks) {
      if (status === 'pass' || (status === 'skip' && !reason.startsWith('not-reached'))) continue;
      count += 1;
      console.log(`${source}, seed ${run + 1}: ${status} ${id}: ${reason ?? findings.map(({ message }) => message).join('; ')}`);
    }
  }
  return count;
}

function line(words, count) {
  console.log(
    `${count === 0 ? '✓' : '✗'} ${runs} runs on ${goodSources.length} correct plugins${words}: ${count} false alarms (goal: none)`,
  );
}

const load = [];
try {
  const plugins = [];
  for (const source of goodSources) plugins.push([source, await goodPlugin(source, folder)]);
  line('', await alarms(plugins));
  for (let core = 0; core < cpus().length; core += 1) load.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  line(' with every core busy', await alarms(plugins));
} finally {
  for (const busy of load) busy.kill('SIGKILL');
  await runner.close();
  rmSync(folder, { recursive: true, force: true });
}
