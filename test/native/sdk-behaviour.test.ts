// The C++ layer keeps its promises: each case of test/sdk/behaviour.cpp under the address and undefined-behaviour sanitizers.
import { execFile } from 'node:child_process';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const run = promisify(execFile);
const model = join(import.meta.dirname, '../plugins/good/brightness.model');
const sanitize = platform() === 'win32' ? [] : ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

async function expectNoComplaint(name: string, environment: Record<string, string> = {}): Promise<void> {
  const flags = ['-O1', '-g', '-Wall', '-Wextra', '-Werror', '-pedantic', '-pthread', ...sanitize];
  const program = await compilePlugin('test/sdk/behaviour.cpp', { fileName: 'behaviour.exe', flags });
  const { stdout, stderr } = await run(program, [name, model], { env: { ...process.env, ...environment } }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  expect(stdout + stderr).toBe('');
}

test.each([
  ['before mvas_init and after mvas_cleanup calls fail with −5 and hold nothing', 'states'],
  ['a failed mvas_init keeps the plugin that was ready, a good one makes the new first', 'reinit'],
  ['a missing model is −2, one that cannot be a model −1', 'models'],
  ['the initial configuration is taken by type and range, unknown keys are ignored', 'initial-config'],
  ['mvas_set_config changes all or nothing', 'set-config'],
  ['an exception becomes a code and a text, a NaN never becomes a verdict', 'exceptions'],
  ['the error text belongs to the thread', 'error-per-thread'],
  ['an image that does not fit its own description is refused', 'refused-images'],
  ['pixels are found in four formats behind row padding', 'views'],
  ['every field of a result is written, boxes are cut, a second free does nothing', 'results'],
  ['a batch equals single calls and leaves nothing behind when it fails', 'batches'],
  ['mvas_warmup runs on a picture of input size filled with 128', 'warmup'],
])('%s', async (_, name) => {
  await expectNoComplaint(name);
});

test.skipIf(optionalTool('localedef') === undefined)('numbers have a decimal point in a locale with a comma', async () => {
  const locales = await scratchFolder();
  await run('localedef', ['-i', 'de_DE', '-f', 'UTF-8', join(locales, 'de_DE.UTF-8')]);
  await expectNoComplaint('comma-locale', { LOCPATH: locales });
});

const nm = optionalTool('nm');

test.skipIf(nm === undefined || platform() !== 'linux')(
  'a plugin made without any linker flags has no symbol that is unique in the process',
  async () => {
    const library = await compilePlugin('test/plugins/good/sdk.cpp', { flags: ['-shared', '-fPIC', '-O0'] });
    const { stdout } = await run('nm', ['-D', '--defined-only', library]);
    expect(stdout).toMatch(/ T mvas_infer$/m);
    expect(stdout.split('\n').filter((line) => / u /.test(line))).toEqual([]);
  },
);

test.skipIf(nm === undefined || platform() !== 'linux').each(['plain.c', 'plain.cpp', 'sdk.cpp', 'threads.cpp'])(
  'test/plugins/good/%s shows the contract and nothing else',
  async (source) => {
    const { stdout } = await run('nm', ['-D', '--defined-only', await compilePlugin(`test/plugins/good/${source}`)]);
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ').at(-1));
    expect(names).toContain('mvas_infer');
    expect(names.filter((name) => name?.startsWith('mvas_') !== true)).toEqual([]);
  },
);
