// A library for Windows is tested under Wine, with a Node for Windows: the suite says there what it says of the same source here.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conform } from '../../src/conformance/conform.ts';
import { foreignLauncher } from '../../src/conformance/foreign-launcher.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import type { Launcher } from '../../src/harness/launcher.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { networkEnvironment } from '../certificates.ts';
import { checkOfTwin } from '../check-of-twin.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { compileTwin, twinFolder } from '../compile-twin.ts';
import { goodModel, subjectOf, twinModel } from '../conformance-subject.ts';
import { wrongTwins } from '../foreign-twins.ts';
import { buildGuidePlugin, copyCrate } from '../rust-guide-plugin.ts';
import { rustTarget } from '../rust-targets.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const isHere = hostPlatform() === 'linux-x64';
const compiler = isHere ? optionalTool('x86_64-w64-mingw32-gcc') : undefined;
const cxx = isHere ? optionalTool('x86_64-w64-mingw32-g++') : undefined;
const wine = isHere ? optionalTool('wine') : undefined;
const rust = isHere ? rustTarget('windows-x64') : undefined;
const headers = ['sdk/include', 'test/plugins', 'test/plugins/good'].map((folder) => `-I${folder}`);
const run = promisify(execFile);

/** What each system names in its own way: the end of a process, and what it is changed to. */
const worded = [
  ['infer/bounds', 'crash', /crashed \(access violation 0xC0000005\) in mvas_infer, call \d+, 32×24/],
  ['infer/null-arguments', 'crash', /crashed \(access violation 0xC0000005\) in mvas_infer, call \d+, image NULL/],
  ['lifecycle/process-state', 'warn', /mvas_init changes the working directory from .+ to Z:\\$/],
  ['robustness/exits', 'exited', /ended its process with code 0 in mvas_init, call \d+/],
] as const;

const twin = (id: string) => `${id}.c`;

describe.skipIf(compiler === undefined || wine === undefined)('a library for Windows', () => {
  let home: string;
  let launcher: Launcher;
  let inside: JobRunner;
  let here: JobRunner;

  const built = async (source: string): Promise<string> => {
    const library = join(await mkdtemp(join(home, 'library-')), 'plugin.dll');
    await run(compiler ?? '', ['-shared', '-O0', '-static', ...headers, source, '-o', library]);
    return library;
  };

  const subject = async (library: string, model: string) => ({ ...subjectOf(library, model), platform: 'windows-x64' as const });
  const findings = async (library: string, id: string, runner: JobRunner, own: { launcher?: Launcher }) => {
    const about = own.launcher === undefined ? subjectOf(library, twinModel) : await subject(library, twinModel);
    const { checks } = await conform(about, { runner, only: [id], env: process.env, ...own });
    return checks.map(({ status, findings: found }) => ({ status, messages: found.map(({ message }) => message) }));
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mvas-foreign-'));
    const env = { ...process.env, MVAS_HOME: home };
    const missing = await foreignLauncher('windows-x64', env).catch((error: Error & { hint: string }) => error);
    const hint = missing !== undefined && 'hint' in missing ? missing.hint : '';
    expect(hint).toMatch(/^install it: npm install --prefix /);
    execFileSync('sh', ['-c', hint.slice('install it: '.length)], { stdio: 'ignore', env: networkEnvironment() }); // what a user would paste
    launcher = (await foreignLauncher('windows-x64', env)) as Launcher;
    inside = await startConformanceRunner({ jobs: 2, launcher, env });
    here = await startConformanceRunner({ jobs: 2, env: process.env });
  }, 400_000);
  afterAll(async () => {
    await Promise.all([inside?.close(), here?.close()]);
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 }); // Wine's own server takes its time to end
  }, 60_000);

  test('is held against the contract there, and what only Linux can look at is not checked', async () => {
    const only = [
      'binary',
      'lifecycle/load',
      'lifecycle/two-plugins',
      'info',
      'infer/nominal',
      'infer/bounds',
      'result',
      'resources/handles',
    ];
    const plugin = await subject(await built('test/plugins/good/plain.c'), goodModel);
    const report = await conform(plugin, { runner: inside, launcher, only, env: process.env });
    expect(report.checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(report).toMatchObject({ ok: true, runner: 'wine' });
    expect(report.counts.passed).toBeGreaterThan(20);
    expect(report.checks.find(({ id }) => id === 'resources/handles')?.reason).toMatch(/^platform-cannot: not checked on this platform/);
  });

  test.skipIf(rust === undefined)(
    'may be written in Rust, whose standard library asks for more of Windows than Wine has',
    async () => {
      const crate = join(home, 'crate');
      copyCrate(crate);
      const plugin = { ...(await subject(await buildGuidePlugin(crate, rust), '')), model: null };
      const report = await conform(plugin, { runner: inside, launcher, only: ['lifecycle', 'infer/nominal', 'result'], env: process.env });
      expect(report.checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
      expect(report.counts.passed).toBeGreaterThan(15);
    },
    120_000,
  );

  test.skipIf(cxx === undefined)(
    'may run a model by ONNX Runtime, built and judged as the guide says',
    async () => {
      const answers = { appId: 'com.acme.cap', platforms: 'windows-x64' };
      const { root } = await scaffold({ folder: 'cap', template: 'cpp-onnx', answers }, testIo(home));
      expect((await cli(['build', root, '--platform', 'windows-x64'])).exitCode).toBe(0);
      const args = ['conform', root, '--platform', 'windows-x64', '--json', '--only', 'lifecycle/load', 'infer/nominal', 'result/decision'];
      const { stdout, stderr } = await cli(args, { env: { MVAS_HOME: home } });
      expect(stderr).toMatch(/^report: /);
      const { runner, ok, counts } = JSON.parse(stdout);
      expect({ runner, ok, counts }).toMatchObject({ runner: 'wine', ok: true, counts: { passed: 3, failed: 0 } });
    },
    300_000,
  );

  test.concurrent.each(wrongTwins)('that is broken in %s is told so in the same words as on this machine', async (name) => {
    const id = checkOfTwin(name).id;
    const [there, native] = await Promise.all([
      findings(await built(join(twinFolder, twin(name))), id, inside, { launcher }),
      findings(await compileTwin(twin(name)), id, here, {}),
    ]);
    expect(native[0]?.messages).not.toEqual([]);
    expect(there).toEqual(native);
  });

  test.concurrent.each(worded)('that is broken in %s is told so in the words of Windows', async (id, status, message) => {
    const there = await findings(await built(join(twinFolder, twin(id))), id, inside, { launcher });
    expect(there).toEqual([{ status, messages: [expect.stringMatching(message)] }]);
  });

  test('is tested by one command, in a Windows that belongs to the kit', async () => {
    const library = await built('test/plugins/good/plain.c');
    const args = ['conform', library, '--model', goodModel, '--runner', 'wine', '--only', 'infer/nominal', '--json'];
    const { exitCode, stdout } = await cli(args, { env: { MVAS_HOME: home } });
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { runner: 'wine', plugin: { path: 'plugin.dll' }, counts: { passed: 1 } }]);
    expect(launcher).toMatchObject({ kind: 'wine', prefix: expect.stringContaining(home) });
    expect(launcher.kind === 'wine' && existsSync(join(launcher.prefix, 'system.reg'))).toBe(true);
  });
});

test('a runner of another platform than the one that is named is refused, and so is Wine where there is none', async () => {
  const library = await compilePlugin('test/plugins/good/plain.c');
  const both = await cli(['conform', library, '--platform', 'linux-arm64', '--runner', 'wine']);
  expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('--runner wine runs libraries for windows-x64')]);
  if (!isHere) return;
  const env = { PATH: await scratchFolder(), MVAS_HOME: await scratchFolder() };
  const none = await cli(['conform', library, '--platform', 'windows-x64'], { env });
  expect([none.exitCode, none.stderr]).toEqual([3, expect.stringContaining('apt-get install --no-install-recommends wine wine64')]);
});
