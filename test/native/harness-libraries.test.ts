// A file that cannot be a plugin here is refused by name, before anything is loaded.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const source = 'test/plugins/harness/faults.c';
const mingw = optionalTool('x86_64-w64-mingw32-gcc');

async function refusal(path: string): Promise<{ code: string; message: string; hint: string }> {
  const failure: unknown = await openPlugin(path).then(
    (host) => host.dispose(),
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ message: expect.stringContaining(path) });
  return failure as { code: string; message: string; hint: string };
}

test('a file that is not there', async () => {
  expect((await refusal(join(await scratchFolder(), 'plugin.so'))).code).toBe('FILE_NOT_FOUND');
});

test('a text file', async () => {
  const path = join(await scratchFolder(), 'plugin.so');
  writeFileSync(path, 'INPUT(libplugin.so)\n');
  expect(await refusal(path)).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringContaining('text file') });
});

test('an empty file, and a library cut short anywhere', async () => {
  const folder = await scratchFolder();
  const whole = readFileSync(await compilePlugin(source));
  for (const length of [0, 3, 40, 700, whole.length >> 1]) {
    const path = join(folder, `plugin-${length}.so`);
    writeFileSync(path, whole.subarray(0, length));
    expect((await refusal(path)).code, `${length} bytes`).toBe('PLUGIN_INVALID');
  }
});

test.skipIf(process.platform !== 'linux')('a library for another processor', async () => {
  const path = join(await scratchFolder(), 'plugin.so');
  copyFileSync(await compilePlugin(source), path);
  const bytes = readFileSync(path);
  bytes.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18); // e_machine: AArch64, x86-64
  writeFileSync(path, bytes);
  const { code, message, hint } = await refusal(path);
  expect(code).toBe('PLUGIN_INVALID');
  expect(message).toMatch(/is for linux-(arm64|x64), this machine is linux-/);
  expect(hint).toMatch(/build it for/);
});

test.skipIf(mingw === undefined || process.platform === 'win32')('a library for Windows', async () => {
  const path = await compilePlugin('test/plugins/good/plain.c', {
    compiler: mingw ?? '',
    flags: ['-shared', '-O1'],
    fileName: 'plugin.dll',
  });
  expect((await refusal(path)).message).toMatch(/is for windows-x64/);
});

test('a library without the functions of the contract, which are named', async () => {
  const folder = await scratchFolder();
  writeFileSync(join(folder, 'none.c'), 'int mvas_inference(void) { return 0; }\n');
  const { code, message } = await refusal(await compilePlugin(join(folder, 'none.c'), { flags: ['-shared', '-fPIC'] }));
  expect(code).toBe('PLUGIN_INVALID');
  expect(message).toMatch(/does not export mvas_get_info, mvas_init, mvas_infer, mvas_cleanup, mvas_get_error/);
});

test('C++ functions without extern "C" get the hint that mends it', async () => {
  const folder = await scratchFolder();
  writeFileSync(join(folder, 'mangled.cpp'), 'int mvas_init(const char *, const char *) { return 0; }\n');
  const { hint } = await refusal(await compilePlugin(join(folder, 'mangled.cpp'), { flags: ['-shared', '-fPIC'] }));
  expect(hint).toMatch(/extern "C"/);
});

test.skipIf(process.platform !== 'linux')('a library that needs another which is not there gives the loader’s own words', async () => {
  const folder = await scratchFolder();
  writeFileSync(join(folder, 'lens.c'), 'int lens(void) { return 1; }\n');
  const needed = await compilePlugin(join(folder, 'lens.c'), { flags: ['-shared', '-fPIC', '-Wl,-soname,liblens-not-there.so'] });
  const path = await compilePlugin(source, { extraFlags: ['-Wl,--no-as-needed', needed], output: join(folder, 'plugin.so') });
  expect(await refusal(path)).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringContaining('liblens-not-there.so') });
});
