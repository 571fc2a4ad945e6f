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
  test('resizes, finds regions and draws as it says, without a wrong access', async () => {
    const program = join(await scratchFolder(), process.platform === 'win32' ? 'vision.exe' : 'vision');
    const sanitizers = process.platform === 'win32' ? [] : ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    await succeed(process.platform === 'win32' ? 'g++' : 'c++', ['-std=c++17', '-O1', '-g', ...sanitizers, ...strict, '-o', program]);
    expect(await succeed(program, [])).toMatch(/^\d\d tried, 0 failed\n$/);
  });

  for (const compiler of ['g++', 'clang++', 'x86_64-w64-mingw32-g++'])
    test.skipIf(optionalTool(compiler) === undefined).each(['c++17', 'c++20'])(
      `${compiler} compiles it as %s without a warning`,
      async (std) => {
        await succeed(compiler, ['-fsyntax-only', `-std=${std}`, ...strict]);
      },
    );
});
