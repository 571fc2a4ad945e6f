// Builds every broken plugin that is portable for Windows, makes its check under Wine, and names those whose fault is not found there.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checks } from '../dist/conformance/checks/index.js';
import { conform } from '../dist/conformance/conform.js';
import { foreignLauncher } from '../dist/conformance/foreign-launcher.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { brokenSources } from './conformance/test-plugins.js';

const root = join(import.meta.dirname, '..');
const brokenFolder = join(root, 'test/plugins/broken');
const only = process.env['ONLY'] ?? '';
const run = promisify(execFile);
const launcher = await foreignLauncher('windows-x64', process.env).catch((error) => {
  console.log(`– not measured: ${error.message}; ${error.hint}`);
  process.exit(0);
});
const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
const runner = await startConformanceRunner({ jobs: 2, launcher, env: process.env });
const found = { found: [], skipped: [], missed: [], unportable: [] };

/** The check that a twin must fail: the longest id its path begins with. */
function checkOf(source) {
  return checks.filter(({ id }) => source.startsWith(id)).sort((a, b) => b.id.length - a.id.length)[0];
}

async function compile(source, library) {
  const compiler = `x86_64-w64-mingw32-${source.endsWith('.c') ? 'gcc' : 'g++'}`;
  const include = [`-I${join(root, 'sdk/include')}`, `-I${join(root, 'test/plugins')}`];
  await run(compiler, ['-shared', '-O0', '-static', '-w', ...include, join(brokenFolder, source), '-o', library]);
}

/** How the twin's own check ends: found, skipped, missed, or unportable where the source is Linux's own. */
async function outcome(source) {
  const check = checkOf(source);
  const text = readFileSync(join(brokenFolder, source), 'utf8');
  if (check.isolation === 'static' || check.isolation === 'long' || /^\/\/ (Flags|Manifest): /m.test(text)) return ['unportable', ''];
  const library = join(folder, source.replaceAll('/', '-'), 'plugin.dll');
  mkdirSync(dirname(library), { recursive: true });
  try {
    await compile(source, library);
  } catch {
    return ['unportable', ''];
  }
  const model = join(brokenFolder, 'twin.model');
  const subject = { library, model, config: { json: '{}' }, platform: 'windows-x64', declared: [], root: dirname(library), arguments: [] };
  const report = await conform(subject, { runner, launcher, only: [check.id], timeoutFactor: 0.1, env: process.env });
  const [made] = report.checks;
  const message = made.reason ?? made.findings.map((finding) => finding.message).join('; ');
  if (made.status === 'broken-check') return ['missed', message];
  if (made.status === 'skip') return ['skipped', message];
  return [made.findings.length > 0 ? 'found' : 'missed', message];
}

const waiting = brokenSources.filter((source) => source.startsWith(only));
async function lane() {
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    const [kind, message] = await outcome(source).catch((error) => ['missed', String(error)]);
    found[kind].push(source);
    if (kind === 'missed' || process.env['VERBOSE']) console.log(`${kind} ${source}: ${message.slice(0, 300)}`);
  }
}
try {
  await Promise.all([lane(), lane()]);
} finally {
  await runner.close();
  rmSync(folder, { recursive: true, force: true });
}
const count = Object.entries(found).map(([kind, sources]) => `${sources.length} ${kind}`);
console.log(`${found.missed.length === 0 ? '✓' : '✗'} broken plugins under Wine: ${count.join(', ')} (goal: none missed)`);
