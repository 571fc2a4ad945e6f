// Judges every broken and every correct plugin by copies of one process and by fresh processes, and counts verdicts that differ.
// With --libraries each plugin brings a library: its checks are then made where that is ready, many of them in one process.
// Usage: node bench/conformance-fresh.bench.js [part of a plugin's path] [--libraries]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../dist/conformance/conform.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { bareSubject, brokenPlugin, brokenSources, broughtLibrary, goodPlugin, goodSources } from './conformance/test-plugins.js';

const part = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '';
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const runners = [false, true].map((fresh) => startConformanceRunner({ jobs: 2, fresh, env: process.env }));

async function verdicts(plugin, runner) {
  const report = await conform(bareSubject(plugin), { profile: 'strict', runner: await runner, timeoutFactor: 0.5, env: process.env });
  return report.checks.map(({ id, status, findings }) => [id, status, ...findings.map(({ severity }) => severity)].join(' '));
}

let [plugins, compared, different] = [0, 0, 0];
try {
  const more = process.argv.includes('--libraries') ? await broughtLibrary(folder) : [];
  const all = [...goodSources.map((source) => [source, goodPlugin]), ...brokenSources.map((source) => [source, brokenPlugin])];
  for (const [source, compile] of all.filter(([name]) => name.includes(part))) {
    const plugin = await compile(source, folder, more);
    const [copied = [], fresh = []] = [await verdicts(plugin, runners[0]), await verdicts(plugin, runners[1])];
    plugins += 1;
    compared += copied.length;
    for (const [index, verdict] of copied.entries()) {
      if (verdict === fresh[index]) continue;
      different += 1;
      console.log(`${source}: ${verdict} by a copy, ${fresh[index]} by a fresh process`);
    }
  }
} finally {
  for (const runner of runners) await (await runner).close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${different === 0 ? '✓' : '✗'} ${plugins} plugins, ${compared} verdicts by copies and by fresh processes: ${different} differ (goal: none)`,
);
