// A library for another platform is tested in an emulator, with a Node of that platform; without them the user is told what to install.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conform } from '../../src/conformance/conform.ts';
import { foreignLauncher } from '../../src/conformance/foreign-launcher.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import type { Launcher } from '../../src/harness/launcher.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { goodModel, subjectOf, twinModel } from '../conformance-subject.ts';
import { cli, scratchFolder } from '../scratch.ts';
import { testIo } from '../test-io.ts';
import { optionalTool } from '../tools.ts';

const isHere = hostPlatform() === 'linux-x64';
const compiler = isHere ? optionalTool('aarch64-linux-gnu-gcc') : undefined;
const emulator = isHere ? optionalTool('qemu-aarch64-static') : undefined;
const headers = ['-Isdk/include', '-Itest/plugins', '-Itest/plugins/good'];
const well = ['-shared', '-fPIC', '-O0', '-fstack-protector-strong', '-Wl,-Bsymbolic-functions,-z,relro,-z,now,-z,noexecstack'];

test('this machine’s own platform needs no emulator, and a Mac’s has none', async () => {
  expect(await foreignLauncher(hostPlatform(), process.env)).toBeUndefined();
  const foreign = hostPlatform() === 'macos-arm64' ? 'windows-x64' : 'macos-arm64';
  await expect(foreignLauncher(foreign, process.env)).rejects.toMatchObject({ code: 'PLATFORM_UNSUPPORTED' });
});

describe.skipIf(compiler === undefined || emulator === undefined)('a library for linux-arm64', () => {
  let home: string;
  let launcher: Launcher;

  const compiled = async (source: string): Promise<string> => {
    const library = join(await scratchFolder(), 'plugin.so');
    execFileSync(compiler ?? '', [...headers, ...well, source, '-o', library, '-lm']);
    return library;
  };

  const tested = async (source: string, model: string, only: readonly string[]) => {
    const subject = { ...subjectOf(await compiled(source), model), platform: 'linux-arm64' as const };
    return await conform(subject, { launcher, only, env: process.env });
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'mvas-foreign-'));
    const missing = await foreignLauncher('linux-arm64', { ...process.env, MVAS_HOME: home }).catch(
      (error: Error & { hint: string }) => error,
    );
    const hint = missing !== undefined && 'hint' in missing ? missing.hint : '';
    expect(hint).toMatch(/^install it: npm install --prefix /);
    execFileSync('sh', ['-c', hint.slice('install it: '.length)], { stdio: 'ignore' }); // what a user would paste
    launcher = (await foreignLauncher('linux-arm64', { ...process.env, MVAS_HOME: home })) as Launcher;
  }, 180_000);
  afterAll(() => rm(home, { recursive: true, force: true }));

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

  test('that is broken fails the same checks as on its own machine, and a crash is told with its call', async () => {
    const strides = await tested('test/plugins/broken/infer/stride.c', twinModel, ['infer/stride', 'infer/nominal']);
    expect(strides.checks.map(({ id, status }) => [id, status])).toEqual([
      ['infer/nominal', 'pass'],
      ['infer/stride', 'fail'],
    ]);
    const crash = await tested('test/plugins/broken/infer/bounds.c', twinModel, ['infer/bounds']);
    expect(crash.checks[0]).toMatchObject({ status: 'crash', findings: [{ message: expect.stringMatching(/SIGSEGV.*mvas_infer/) }] });
  });
});
