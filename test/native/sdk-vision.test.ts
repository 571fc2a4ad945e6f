// What plugins share beside the model: resizing, regions and drawing, under the sanitizers and every compiler at hand.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProcess } from '../../src/process/run-process.ts';
import { sdkInclude } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const source = join(import.meta.dirname, '../sdk/vision.cpp');
const strict = ['-Wall', '-Wextra', '-Werror', '-pedantic', `-I${sdkInclude}`, source];

/** Runs a program; `stdout` and `stderr` are shown when it fails. */
async function succeed(command: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(command, args, { env: process.env });
  expect(`${stdout}${stderr}`.trim() + (exitCode === 0 ? '' : `\nexit code ${exitCode}`)).not.toContain('exit code');
  return stdout;
}

describe('mvas_vision.hpp', () => {
  const windows = process.platform === 'win32';
  const sanitizers = windows ? [] : ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  test.each([
    ['without a wrong access', ['-O1', '-g', ...sanitizers]],
    ['also where the compiler works on several values at once', ['-O3', '-DNDEBUG']],
  ])('resizes, finds regions and draws as it says, %s', async (_, flags) => {
    const program = join(await scratchFolder(), windows ? 'vision.exe' : 'vision');
    await succeed(windows ? 'g++' : 'c++', ['-std=c++17', ...flags, ...strict, '-o', program]);
    expect(await succeed(program, [])).toMatch(/^\d+ tried, 0 failed\n$/);
  });

  for (const compiler of ['g++', 'clang++', 'x86_64-w64-mingw32-g++'])
    test.skipIf(optionalTool(compiler) === undefined).each(['c++17', 'c++20'])(
      `${compiler} compiles it as %s without a warning`,
      async (std) => {
        await succeed(compiler, ['-fsyntax-only', `-std=${std}`, ...strict]);
      },
    );
});
