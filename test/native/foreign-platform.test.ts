// A library for another platform is tested in an emulator, with a Node of that platform; without them the user is told what to install.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conform } from '../../src/conformance/conform.ts';
import { foreignLauncher } from '../../src/conformance/foreign-launcher.ts';
import type { ConformanceReport } from '../../src/conformance/report-schema.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import type { Launcher } from '../../src/harness/launcher.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { networkEnvironment } from '../certificates.ts';
import { checkOfTwin } from '../check-of-twin.ts';
import { compileTwin, twinFolder } from '../compile-twin.ts';
import { goodModel, subjectOf, twinModel } from '../conformance-subject.ts';
import { wrongTwins } from '../foreign-twins.ts';
import { buildGuidePlugin, copyCrate } from '../rust-guide-plugin.ts';
import { rustTarget } from '../rust-targets.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const isHere = hostPlatform() === 'linux-x64';
const compiler = isHere ? optionalTool('aarch64-linux-gnu-gcc') : undefined;
const cxx = isHere ? optionalTool('aarch64-linux-gnu-g++') : undefined;
const emulator = isHere ? optionalTool('qemu-aarch64-static') : undefined;
const rust = isHere ? rustTarget('linux-arm64') : undefined;
const headers = ['-Isdk/include', '-Itest/plugins', '-Itest/plugins/good'];
const well = ['-shared', '-fPIC', '-O0', '-fstack-protector-strong', '-Wl,-Bsymbolic-functions,-z,relro,-z,now,-z,noexecstack'];

test('this machine’s own platform needs no emulator, and a Mac’s has none', async () => {
  expect(await foreignLauncher(hostPlatform(), process.env)).toBeUndefined();
  const foreign = hostPlatform() === 'macos-arm64' ? 'windows-x64' : 'macos-arm64';
  await expect(foreignLauncher(foreign, process.env)).rejects.toMatchObject({ code: 'PLATFORM_UNSUPPORTED' });
});

describe.skipIf(compiler === undefined || emulator === undefined)('a library for linux-arm64', { timeout: 300_000 }, () => {
  let home: string;
  let launcher: Launcher;
  let inside: JobRunner;
  let here: JobRunner;

  const compiled = async (source: string): Promise<string> => {
    // below home, as a scratch folder is tied to the test that vitest began last: of concurrent ones that may be another
    const library = join(await mkdtemp(join(home, 'twin-')), 'plugin.so');
    execFileSync(compiler ?? '', [...headers, ...well, source, '-o', library, '-lm']);
    return library;
  };

  const tested = async (source: string, model: string, only: readonly string[]) => {
    const subject = { ...subjectOf(await compiled(source), model), platform: 'linux-arm64' as const };
    return await conform(subject, { runner: inside, launcher, only, env: process.env });
  };

  const told = ({ checks }: ConformanceReport) =>
    checks.map(({ status, reason, findings }) => ({ status, reason, messages: findings.map(({ message }) => message) }));

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mvas-foreign-'));
    const missing = await foreignLauncher('linux-arm64', { ...process.env, MVAS_HOME: home }).catch(
      (error: Error & { hint: string }) => error,
    );
    const hint = missing !== undefined && 'hint' in missing ? missing.hint : '';
    expect(hint).toMatch(/^install it: npm install --prefix /);
    execFileSync('sh', ['-c', hint.slice('install it: '.length)], { stdio: 'ignore', env: networkEnvironment() }); // what a user would paste
    launcher = (await foreignLauncher('linux-arm64', { ...process.env, MVAS_HOME: home })) as Launcher;
    inside = await startConformanceRunner({ jobs: 2, launcher, env: process.env });
    here = await startConformanceRunner({ jobs: 2, env: process.env });
  }, 180_000);
  afterAll(async () => {
    await Promise.all([inside?.close(), here?.close()]);
    await rm(home, { recursive: true, force: true });
  });

  test('is held against the contract there, and the report says how', async () => {
    const report = await tested('test/plugins/good/plain.c', goodModel, [
      'binary',
      'lifecycle/load',
      'info',
      'infer/nominal',
      'infer/bounds',
      'result',
    ]);
    expect(report.checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(report).toMatchObject({ ok: true, runner: 'qemu' });
    expect(report.counts.passed).toBeGreaterThan(20);
  });

  test('is built from a project by the kit, and held against the contract as the project’s', async () => {
    const cwd = await scratchFolder();
    const template = join(import.meta.dirname, '../fixtures/templates/small');
    const answers = { appId: 'com.acme.cap', platforms: 'linux-x64,linux-arm64' };
    const { root } = await scaffold({ folder: 'cap', template, answers }, testIo(cwd));
    const args = ['conform', root, '--platform', 'linux-arm64', '--only', 'lifecycle/load', '--json'];
    const before = await cli(args, { env: { MVAS_HOME: home } });
    expect([before.exitCode, before.stderr]).toEqual([2, expect.stringContaining('mvas build --platform linux-arm64')]);
    expect((await cli(['build', root, '--platform', 'linux-arm64'])).exitCode).toBe(0);
    const { stdout } = await cli(args, { env: { MVAS_HOME: home } });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ runner: 'qemu', plugin: { path: expect.stringContaining('linux-arm64') } });
    expect(report.checks.find(({ id }: { id: string }) => id === 'lifecycle/load')).toMatchObject({ status: 'pass' });
  });

  test.skipIf(rust === undefined)('may be written in Rust', async () => {
    const crate = await scratchFolder();
    copyCrate(crate);
    const subject = { ...subjectOf(await buildGuidePlugin(crate, rust), null), platform: 'linux-arm64' as const };
    const report = await conform(subject, {
      runner: inside,
      launcher,
      only: ['lifecycle/load', 'infer/nominal', 'result'],
      env: process.env,
    });
    expect(report.checks.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(report.counts.passed).toBeGreaterThan(5);
  });

  test.skipIf(cxx === undefined)('may run a model by ONNX Runtime, built and judged as the guide says', async () => {
    const cwd = await scratchFolder();
    const answers = { appId: 'com.acme.cap', platforms: 'linux-arm64' };
    const { root } = await scaffold({ folder: 'cap', template: 'cpp-onnx', answers }, testIo(cwd));
    expect((await cli(['build', root, '--platform', 'linux-arm64'])).exitCode).toBe(0);
    await writeFile(join(root, 'one-thread.json'), '{"threads": 1}');
    const args = ['conform', root, '--platform', 'linux-arm64', '--config', join(root, 'one-thread.json'), '--json'];
    const { stdout, stderr } = await cli([...args, '--only', 'lifecycle/load', 'infer/nominal'], { env: { MVAS_HOME: home } });
    expect(stderr).toMatch(/^report: /);
    const { runner, ok, counts } = JSON.parse(stdout);
    expect({ runner, ok, counts }).toMatchObject({ runner: 'qemu', ok: true, counts: { passed: 2, failed: 0 } });
  });

  test.concurrent.each(wrongTwins)('that is broken in %s is told so in the same words as on its own machine', async (name) => {
    const [source, only] = [`${name}.c`, [checkOfTwin(name).id]];
    const there = await tested(join(twinFolder, source), twinModel, only);
    const native = await conform(subjectOf(await compileTwin(source), twinModel), { runner: here, only, env: process.env });
    expect(told(native)[0]?.messages).not.toEqual([]);
    expect(told(there)).toEqual(told(native));
  });

  test('that is right in one thing and wrong in another passes the one, and a crash is told with its call', async () => {
    const strides = await tested('test/plugins/broken/infer/stride.c', twinModel, ['infer/stride', 'infer/nominal']);
    expect(strides.checks.map(({ id, status }) => [id, status])).toEqual([
      ['infer/nominal', 'pass'],
      ['infer/stride', 'fail'],
    ]);
    const crash = await tested('test/plugins/broken/infer/bounds.c', twinModel, ['infer/bounds']);
    expect(crash.checks[0]).toMatchObject({ status: 'crash', findings: [{ message: expect.stringMatching(/SIGSEGV.*mvas_infer/) }] });
  });
});
