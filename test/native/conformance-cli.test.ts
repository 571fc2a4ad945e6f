// `mvas conform` as a user runs it: verdicts, exit codes, and what is said of a wrong call.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../src/conformance/checks/index.ts';
import type { ConformanceReport } from '../../src/conformance/report-schema.ts';
import { hostPlatform } from '../../src/core/platform.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { compileTwin } from '../compile-twin.ts';
import { goodModel, twinModel } from '../conformance-subject.ts';
import { inspectionProject } from '../inspection-project.ts';
import { packableProject } from '../packable-project.ts';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

const good = () => compilePlugin('test/plugins/good/plain.c');

test('a good library conforms: exit 0, one line a group, the verdict last', async () => {
  const { exitCode, stdout, stderr } = await cli(['conform', await good(), '--model', goodModel]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('✓ lifecycle: load, calls-before-init, cleanup-any-time, reinit');
  expect(stdout.trim().split('\n').at(-1)).toMatch(
    /^plugin\.\w+ conforms: \d+ passed, 0 warned, 0 failed, \d+ skipped \(profile standard, seed 1, [\d.]+ s\)$/,
  );
});

test('a broken library does not: exit 1, the failure first with call, why, fix, rule and the line that repeats it', async () => {
  const library = await compileTwin('infer/bounds.c');
  const { exitCode, stdout } = await cli(['conform', library, '--model', twinModel, '--profile', 'strict']);
  expect(exitCode).toBe(1);
  const lines = stdout.split('\n');
  expect(lines[0]).toContain('✗ crash infer/bounds');
  expect(lines[1]).toMatch(/the plugin crashed \(\w+\) in mvas_infer, call \d+, 32×24×3 stride 109, format RGB/);
  for (const word of ['why', 'fix', 'rule  docs/abi.md#image', 'again mvas conform']) expect(stdout).toContain(word);
  const again = /again mvas (conform .*)$/m.exec(stdout)?.[1]?.replaceAll("'", '').split(' ') ?? [];
  const repeated = await cli([...again, '--json'], { cwd: process.cwd() });
  expect(repeated.exitCode).toBe(1);
  const report: ConformanceReport = JSON.parse(repeated.stdout);
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual([['infer/bounds', 'crash']]);
  expect(report.notChecked.filter(({ id }) => id !== 'suite')).toHaveLength(checks.length - 1);
});

test('exit, crash and hang are told apart, also in fresh processes', async () => {
  const run = async (name: string, check: string, ...flags: string[]) => {
    const { stdout } = await cli([
      'conform',
      await compileTwin(name),
      '--model',
      twinModel,
      '--only',
      check,
      '--json',
      '--timeout-factor',
      '0.3',
      ...flags,
    ]);
    const report: ConformanceReport = JSON.parse(stdout);
    return report.checks[0];
  };
  for (const flags of [[], ['--fresh']]) {
    expect(await run('robustness/exits.c', 'robustness/exits', ...flags)).toMatchObject({
      status: 'exited',
      call: expect.stringContaining('mvas_init'),
    });
    expect(await run('robustness/exits-abort.c', 'robustness/exits', ...flags)).toMatchObject({ status: 'crash' });
    expect(await run('robustness/hangs.c', 'robustness/hangs', ...flags)).toMatchObject({
      status: 'hang',
      call: expect.stringContaining('1×1'),
    });
  }
});

test('an unknown check is named with the one that was meant', async () => {
  const { exitCode, stderr, stdout } = await cli(['conform', await good(), '--model', goodModel, '--only', 'infer/strid']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('--only names no check: infer/strid');
  expect(stderr).toContain('did you mean infer/stride?');
});

test('--explain says what a check demands, with code that breaks and keeps the rule, and runs nothing', async () => {
  const { exitCode, stdout, stderr } = await cli(['conform', '--explain', 'infer/stride'], { cwd: await scratchFolder() });
  expect([exitCode, stderr]).toEqual([0, '']);
  for (const text of ['why', 'fix', 'wrong    const uint8_t *row = image->data + y * image->width', 'it does not see', 'docs/abi.md#image'])
    expect(stdout).toContain(text);
  const group = await cli(['conform', '--explain', 'infer']);
  const ids = checks.map(({ id }) => id).filter((id) => id.startsWith('infer/'));
  expect(ids.filter((id) => !group.stdout.includes(`${id} `))).toEqual([]);
  const facts = JSON.parse((await cli(['conform', '--explain', 'infer', '--json'])).stdout);
  expect(facts.map(({ id }: { id: string }) => id)).toEqual(ids);
});

test('--explain of what is no check names the one that was meant', async () => {
  const { exitCode, stdout, stderr } = await cli(['conform', '--explain', 'infer/strid']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain('did you mean infer/stride?');
});

test.each([
  [['--skip', ...new Set(checks.map(({ id }) => id.split('/')[0] ?? ''))], 'NOTHING_TESTED'],
  [['--profile', 'gentle'], 'gentle'],
  [['--seed', '-1'], 'whole number'],
  [['--model', 'none.model'], 'none.model'],
  [['--config', 'none.json'], 'none.json'],
  [['--baseline', 'none.json'], 'none.json'],
])('%j is a wrong call: exit 2', async (flags, said) => {
  const { exitCode, stdout, stderr } = await cli(['conform', await good(), '--model', goodModel, ...flags], { cwd: await scratchFolder() });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
});

test('a plugin that needs a model and gets none was not tested: exit 2', async () => {
  const { exitCode, stderr } = await cli(['conform', await good()]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('NOTHING_TESTED: the plugin does not start without a model');
});

test('a warning passes the standard profile and fails the strict one', async () => {
  const args = ['conform', await compileTwin('errors/message-alike.c'), '--model', twinModel, '--json'];
  const standard = await cli(args);
  const strict = await cli([...args, '--profile', 'strict']);
  expect([standard.exitCode, strict.exitCode]).toEqual([0, 1]);
  expect(JSON.parse(strict.stdout)).toMatchObject({ ok: false, counts: { warned: 1, failed: 0 } });
});

test('a known problem in the baseline of a project passes, and fails again once it is mended', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/broken/infer/stride.c');
  await writeFile(join(root, 'models/model.txt'), 'gain 100\nend\n');
  const entry = { id: 'infer/stride', match: 'padding 0x', reason: 'the camera has packed rows' };
  await writeFile(join(root, 'conformance.baseline.json'), JSON.stringify([entry]));
  const known = await cli(['conform', '--profile', 'strict', '--only', 'infer'], { cwd: root });
  expect(known.exitCode, known.stdout).toBe(0);
  expect(known.stdout).toContain('(known: the camera has packed rows)');
  await compilePlugin('test/plugins/broken/robustness/exits.c', {
    flags: ['-shared', '-fPIC', '-O0'],
    output: join(root, `bin/${hostPlatform()}/plugin.bin`),
  });
  const mended = await cli(['conform', '--only', 'infer/stride'], { cwd: root });
  expect(mended.exitCode).toBe(1);
  expect(mended.stdout).toContain('no longer fails: remove it');
});

test('a project is tested with its own model and configuration, and keeps the report', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/good/plain.c', {
    app: { name: 'Plain C brightness', version: '1.0.0' },
  });
  const { exitCode, stdout } = await cli(['conform', '--json'], { cwd: root });
  expect(exitCode, stdout).toBe(0);
  expect(await readFile(join(root, `reports/conformance.${hostPlatform()}.json`), 'utf8')).toBe(stdout);
  await rm(join(root, 'bin'), { recursive: true });
  const unbuilt = await cli(['conform'], { cwd: root });
  expect([unbuilt.exitCode, unbuilt.stdout]).toEqual([2, '']);
  expect(unbuilt.stderr).toContain('npm run build');
});

test('a package is verified before it is loaded', async () => {
  const project = await packableProject(await scratchFolder(), ({ app, ...rest }) => ({
    ...rest,
    app: { ...app, name: 'Plain C brightness', version: '1.0.0' },
  }));
  await writeFile(join(project.root, 'models/model.onnx'), 'mvas brightness model 1\n256 0\nend\n');
  const home = { MVAS_HOME: await scratchFolder() };
  const packed = await cli(['package', '-o', 'cap.mvapp'], { cwd: project.root, env: home });
  expect(packed.exitCode, packed.stderr).toBe(0);
  const refused = await cli(['conform', 'cap.mvapp'], { cwd: project.root, env: home });
  expect([refused.exitCode, refused.stdout]).toEqual([11, '']);
  const taken = await cli(['conform', 'cap.mvapp', '--allow-unsigned', '--json'], { cwd: project.root, env: home });
  expect(taken.exitCode, taken.stdout).toBe(0);
  expect(JSON.parse(taken.stdout)).toMatchObject({ ok: true, plugin: { path: project.library } });
});

test('the checks can be made in the process that a debugger is attached to', async () => {
  const { exitCode, stdout } = await cli(['conform', await good(), '--model', goodModel, '--in-process', '--json']);
  expect(exitCode).toBe(0);
  const { counts, notChecked }: ConformanceReport = JSON.parse(stdout);
  const apart = notChecked.filter(({ id }) => id !== 'suite').length;
  expect(counts).toMatchObject({ warned: 0, failed: 0, passed: checks.length - apart - counts.skipped });
  expect(counts.passed).toBeGreaterThan(checks.length / 2);
});

test.skipIf(process.platform === 'win32')('Ctrl-C ends it with 130 and leaves no report, no process and no folder', async () => {
  const root = await inspectionProject(await scratchFolder(), 'test/plugins/broken/robustness/hangs-flat.c');
  await writeFile(join(root, 'models/model.txt'), 'gain 100\nend\n');
  const temporary = await scratchFolder(); // its own: other programs make such folders meanwhile
  const child = spawn(process.execPath, [cliPath, 'conform', '--only', 'robustness/hangs'], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
    detached: true,
  });
  const folders = () => readdirSync(temporary).filter((name) => name.startsWith('mvas-jobs-'));
  await expect.poll(folders, { timeout: 30_000 }).not.toEqual([]);
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(130);
  expect(readdirSync(root)).not.toContain('reports');
  expect(folders()).toEqual([]);
});
