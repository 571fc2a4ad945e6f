// Judges every broken plugin by the checks that must find it, with several seeds: a finding must not be luck.
// Usage: node bench/conformance-seeds.bench.js [seeds, default 8] [part of a plugin's path]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checks } from '../dist/conformance/checks/index.js';
import { conform } from '../dist/conformance/conform.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { bareSubject, brokenPlugin, brokenSources, declaredManifest } from './conformance/test-plugins.js';

const seeds = Number(process.argv[2] ?? 8);
const part = process.argv[3] ?? '';
const longest = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const runner = await startConformanceRunner({ jobs: 2, env: process.env });

/** The checks that a broken plugin must not get past, and how it is judged. */
function expectationOf(source) {
  const text = readFileSync(resolve(import.meta.dirname, '../test/plugins/broken', source), 'utf8');
  const [own] = checks.filter(({ id }) => source.startsWith(id)).sort((a, b) => b.id.length - a.id.length);
  const also = /^\/\/ Also fails: (.*)$/m.exec(text)?.[1]?.split(', ') ?? [];
  const timeoutFactor = /^\/\/ Slow: /m.test(text) ? 2 : 0.5;
  return { own, also, timeoutFactor, manifest: declaredManifest(text, source) };
}

/** Of these checks those that find nothing in it. */
async function missedBy(plugin, { own, also, timeoutFactor, manifest }, seed) {
  const only = ['lifecycle/load', own.id, ...also];
  const long = own.isolation === 'long' ? { long: { forMs: longest } } : {};
  const subject = { ...bareSubject(plugin), manifest };
  const report = await conform(subject, { profile: 'strict', only, seed, runner, timeoutFactor, ...long, env: process.env });
  const finding = report.checks.filter(({ findings }) => findings.length > 0).map(({ id }) => id);
  return [own.id, ...also].filter((id) => !finding.includes(id));
}

let [plugins, missed] = [0, 0];
try {
  for (const source of brokenSources.filter((name) => name.includes(part))) {
    const expected = expectationOf(source);
    if (expected.own.isolation === 'static') continue; // it reads the file and draws nothing
    const plugin = await brokenPlugin(source, folder);
    plugins += 1;
    for (let seed = 1; seed <= seeds; seed += 1)
      for (const id of await missedBy(plugin, expected, seed)) {
        missed += 1;
        console.log(`${source}, seed ${seed}: ${id} finds nothing`);
      }
  }
} finally {
  await runner.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${missed === 0 ? '✓' : '✗'} ${plugins} twins x ${seeds} seeds: ${missed} missed (goal: 0)`);
