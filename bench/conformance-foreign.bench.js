// Builds every broken plugin that is portable for another platform, makes its check in the emulator or Wine, and names those whose fault is missed.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checks } from '../dist/conformance/checks/index.js';
import { conform } from '../dist/conformance/conform.js';
import { foreignLauncher } from '../dist/conformance/foreign-launcher.js';
import { startConformanceRunner } from '../dist/conformance/start-conformance-runner.js';
import { knownMisses } from './conformance/foreign-misses.js';
import { bareSubject, brokenSources, link } from './conformance/test-plugins.js';

const root = join(import.meta.dirname, '..');
const brokenFolder = join(root, 'test/plugins/broken');
const only = process.env['ONLY'] ?? '';
const run = promisify(execFile);
const ways = {
  'linux-arm64': { compiler: 'aarch64-linux-gnu', library: 'plugin.so', flags: ['-fPIC', '-fvisibility=hidden', ...link] },
  'windows-x64': { compiler: 'x86_64-w64-mingw32', library: 'plugin.dll', flags: ['-static'] },
};

/** The check that a twin must fail: the longest id its path begins with. */
function checkOf(source) {
  return checks.filter(({ id }) => source.startsWith(id)).sort((a, b) => b.id.length - a.id.length)[0];
}

async function compile(source, library, { compiler, flags }) {
  const program = `${compiler}-${source.endsWith('.c') ? 'gcc' : 'g++'}`;
  const include = [`-I${join(root, 'sdk/include')}`, `-I${join(root, 'test/plugins')}`];
  await run(program, ['-shared', '-O0', '-w', ...include, join(brokenFolder, source), ...flags, '-o', library, '-lm']);
}

/** How the twin's own check ends: found, skipped, missed, or unportable where the source is this machine's own. */
async function outcome(source, { platform, folder, runner, launcher }) {
  const check = checkOf(source);
  const text = readFileSync(join(brokenFolder, source), 'utf8');
  if (check.isolation === 'static' || check.isolation === 'long' || /^\/\/ (Flags|Manifest): /m.test(text)) return ['unportable', ''];
  const library = join(folder, source.replaceAll('/', '-'), ways[platform].library);
  mkdirSync(dirname(library), { recursive: true });
  try {
    await compile(source, library, ways[platform]);
  } catch {
    return ['unportable', ''];
  }
  const model = join(brokenFolder, 'twin.model');
  const subject = bareSubject({ library, model }, platform);
  const report = await conform(subject, { runner, launcher, only: [check.id], timeoutFactor: 0.1, env: process.env });
  const [made] = report.checks;
  const message = made.reason ?? made.findings.map((finding) => finding.message).join('; ');
  if (made.status === 'broken-check') return ['missed', message];
  if (made.status === 'skip') return ['skipped', message];
  return made.findings.length > 0 ? ['found', message] : ['missed', 'nothing is found'];
}

async function walk(setting) {
  const found = { found: [], skipped: [], missed: [], known: [], unportable: [] };
  const waiting = brokenSources.filter((source) => source.startsWith(only));
  const known = knownMisses[setting.platform];
  const lane = async () => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      const [kind, message] = await outcome(source, setting).catch((error) => ['missed', String(error)]);
      const reason = kind === 'missed' ? known[source] : undefined;
      found[reason === undefined ? kind : 'known'].push(source);
      if (kind === 'missed' || process.env['VERBOSE']) console.log(`${kind} ${source}: ${(reason ?? message).slice(0, 300)}`);
    }
  };
  await Promise.all([lane(), lane()]);
  return found;
}

for (const platform of Object.keys(ways).filter((name) => name.startsWith(process.env['PLATFORM'] ?? ''))) {
  const launcher = await foreignLauncher(platform, process.env).catch((error) => {
    console.log(`– ${platform} not measured: ${error.message}; ${error.hint}`);
  });
  if (launcher === undefined) continue;
  const folder = mkdtempSync(join(tmpdir(), 'mvas-bench-'));
  const runner = await startConformanceRunner({ jobs: 2, launcher, env: process.env });
  const start = performance.now();
  try {
    const found = await walk({ platform, folder, runner, launcher });
    const count = Object.entries(found).map(
      ([kind, sources]) => `${sources.length} ${kind === 'known' ? 'missed for a known reason' : kind}`,
    );
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${found.missed.length === 0 ? '✓' : '✗'} broken plugins for ${platform}: ${count.join(', ')} in ${seconds} s (goal: none missed)`,
    );
  } finally {
    await runner.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
