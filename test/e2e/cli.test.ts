import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, cliPath, scratchFolder } from '../scratch.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
const posix = process.platform !== 'win32';

test('the version is one line on stdout', async () => {
  for (const flag of ['--version', '-V']) expect(await cli([flag])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('help is on stdout when asked for, and on stderr with exit 2 when nothing was asked', async () => {
  const asked = await cli(['--help']);
  expect(asked).toMatchObject({ exitCode: 0, stderr: '' });
  const bare = await cli([]);
  expect(bare).toMatchObject({ exitCode: 2, stdout: '' });
  expect(bare.stderr).toBe(asked.stdout);
});

test('a misspelt command is named with the right one, without a stack', async () => {
  const { exitCode, stdout, stderr } = await cli(['ifner', 'a.png']);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe("FLAG_INVALID: unknown command 'ifner'\n  did you mean mvas infer? `mvas --help` shows what it takes\n");
});

test('no colour codes go into a pipe unless they are forced, and NO_COLOR wins', async () => {
  const colours = '\u001b[';
  expect((await cli(['nosuch'])).stderr).not.toContain(colours);
  expect((await cli(['nosuch'], { env: { FORCE_COLOR: '1' } })).stderr).toContain(colours);
  expect((await cli(['nosuch'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stderr).not.toContain(colours);
});

test.skipIf(!posix)('a reader that left early changes nothing and is not mentioned', async () => {
  const child = spawn(process.execPath, [cliPath, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  expect([(await once(child, 'close'))[0], stderr]).toEqual([0, '']);
});

test.skipIf(process.platform !== 'linux')('output that the disk does not take is an error', async () => {
  const child = spawn(process.execPath, [cliPath, '--help'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  expect((await once(child, 'close'))[0]).toBe(3);
  expect(stderr).toMatch(/^WRITE_FAILED: the output cannot be written: the disk is full$/m);
});

test.skipIf(!posix)('a current folder that was deleted is named', async () => {
  const gone = join(await scratchFolder(), 'gone');
  await mkdir(gone);
  const child = spawn('sh', ['-c', `rmdir "${gone}"; exec "${process.execPath}" "${cliPath}" --help`], {
    cwd: gone,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  expect((await once(child, 'close'))[0]).toBe(2);
  expect(stderr).toContain('FILE_NOT_FOUND: the current folder no longer exists');
  await expect(rmdir(gone)).rejects.toThrow();
});

test('a fault of the kit is exit 70 with the stack and where to report it', async () => {
  const broken = 'Object.defineProperty(process,"stdin",{get(){throw(TypeError("planted"))}})';
  const { exitCode, stderr } = await cli(['--help'], {
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(broken)}` },
  });
  expect(exitCode).toBe(70);
  expect(stderr).toMatch(/TypeError: planted\n\s+at .*This is a bug in mvas\. Please report it/s);
});
