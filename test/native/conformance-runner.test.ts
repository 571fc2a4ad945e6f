// The runner holds whatever a plugin does to its process, and what it prints can be made again.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConformOptions, conform } from '../../src/conformance/conform.ts';
import { startConformanceRunner } from '../../src/conformance/start-conformance-runner.ts';
import type { JobRunner } from '../../src/harness/job.ts';
import { compilePlugin, pluginFlags } from '../compile-plugin.ts';
import { compileTwin } from '../compile-twin.ts';
import { subjectOf, twinModel } from '../conformance-subject.ts';
import { scratchFolder } from '../scratch.ts';

const windows = process.platform === 'win32';
const main = resolve('dist/cli/main.js');
const flags = [...pluginFlags.filter((flag) => !/^-(Werror|W|pedantic)/.test(flag) || flag.startsWith('-Wl')), '-w'];

function compile(name: string, ...extra: string[]): Promise<string> {
  return compilePlugin(`test/plugins/runner/${name}`, { flags: [...flags, '-O0', ...extra] });
}

let runner: JobRunner;
beforeAll(async () => {
  runner = await startConformanceRunner({ jobs: 2, env: process.env });
});
afterAll(() => runner.close());

function reportOf(library: string, options: ConformOptions = {}) {
  return conform(subjectOf(library, twinModel), { profile: 'strict', runner, env: process.env, ...options });
}

test.skipIf(windows)(
  'the process that asks never loads the plugin: each check, and the look at its information, has one of its own',
  async () => {
    const log = join(await scratchFolder(), 'processes');
    const only = ['info', 'lifecycle/load', 'infer/nominal', 'determinism/processes'];
    const report = await reportOf(await compile('process-log.c', `-DLOG_FILE="${log}"`), { only });
    expect(report.ok).toBe(true);
    const loaded = readFileSync(log, 'utf8').trim().split('\n').map(Number);
    expect(new Set(loaded).size).toBeGreaterThan(report.checks.length);
    expect(loaded).not.toContain(process.pid);
  },
);

test('two megabytes of stack are there for every inspection, as in a real host', async () => {
  const report = await reportOf(await compile('deep-stack.c'), { only: ['infer/nominal', 'infer/bounds', 'lifecycle/reinit'] });
  expect(report.checks.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass']);
});

describe.skipIf(windows)('a plugin that ends the process with exit code 0', () => {
  const functions = ['load', 'mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error', 'mvas_free_result'];
  test.each(functions)('in %s has exited, in that call, and nothing passes for it', async (name) => {
    const report = await reportOf(await compile('exits.c', `-DEXIT_IN="${name}"`), {
      only: ['lifecycle/load', 'robustness/exits', 'info/stable'],
    });
    const exited = report.checks.filter(({ status }) => status === 'exited');
    expect(exited.length).toBeGreaterThan(0);
    expect(exited.map(({ call }) => call).join()).toContain(`in ${name}`);
    expect(exited[0]?.findings[0]?.message).toContain('ended its process with code 0');
    expect(report.checks.filter(({ status }) => status === 'broken-check')).toEqual([]);
    expect(report.ok).toBe(false);
  });
});

test.skipIf(windows)('a plugin that closes descriptors that are not its own fails; it is not taken for a fault of the kit', async () => {
  for (const fresh of [false, true]) {
    const own = await startConformanceRunner({ jobs: 2, fresh, env: process.env });
    const report = await reportOf(await compile('closes-descriptors.c'), { only: ['infer/nominal', 'info/stable'], runner: own });
    await own.close();
    expect(report.checks.map(({ status }) => status)).not.toContain('broken-check');
    const nominal = report.checks.find(({ id }) => id === 'infer/nominal');
    expect(nominal?.status).toMatch(/^(crash|exited)$/);
    expect(nominal?.call).toMatch(/^in mvas_init/);
    expect(report.ok).toBe(false);
  }
});

test('the line that repeats a failure, typed into a shell, gives the same findings, also when other checks are left out', async () => {
  const library = await compileTwin('infer/stride.c');
  const report = await conform(
    { ...subjectOf(library, twinModel), arguments: [library, '--model', twinModel] },
    { runner, env: process.env, seed: 77 },
  );
  const failed = report.checks.find(({ id }) => id === 'infer/stride');
  expect(failed?.status).toBe('fail');
  const words = (failed?.repeat ?? '').split(' ');
  expect(words.slice(0, 3)).toEqual(['mvas', 'conform', library]);
  const again = JSON.parse(await output([main, ...words.slice(1), '--json'], 1));
  expect(again.checks.map(({ id }: { id: string }) => id)).toEqual(['infer/stride']);
  expect(again.checks[0].findings).toEqual(failed?.findings);
  const other = await reportOf(library, { only: ['infer/stride'], seed: 78 });
  expect(other.checks[0]?.findings).not.toEqual(failed?.findings);
});

test('a temporary folder that cannot be used is not a fault of the plugin', async () => {
  const library = await compileTwin('infer/stride.c');
  const missing = join(await scratchFolder(), 'missing');
  expect(existsSync(missing)).toBe(false);
  const { code, stdout } = await started([main, 'conform', library, '--model', twinModel, '--json'], {
    TMPDIR: missing,
    TMP: missing,
    TEMP: missing,
  });
  expect(code).not.toBe(1);
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
});

async function output(args: string[], expected: number): Promise<string> {
  const { code, stdout } = await started(args);
  expect(code).toBe(expected);
  return stdout;
}

function started(args: string[], env: Record<string, string> = {}): Promise<{ code: number; stdout: string }> {
  return new Promise((done) => {
    execFile(process.execPath, args, { maxBuffer: 1 << 26, env: { ...process.env, ...env } }, (error, stdout) => {
      done({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}
