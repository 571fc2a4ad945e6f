import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { cliPath, scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

const windows = process.platform === 'win32';
const python = windows ? undefined : optionalTool('python3');
const driver = join(import.meta.dirname, '../terminal.py');

/** Runs `mvas new` on a terminal and types each text when the one before it has appeared. */
async function onTerminal(cwd: string, args: readonly string[], steps: readonly (readonly [string, string])[]) {
  const env = { ...process.env, CI: '', TERM: 'xterm' };
  const child = spawn(python ?? '', [driver, JSON.stringify(steps), process.execPath, cliPath, 'new', ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { shown: await text(child.stdout), exitCode: await ended };
}

test.skipIf(!python)(
  'on a terminal, what no flag answers is asked, with a suggestion, and asked again when it breaks its rule',
  async () => {
    const cwd = await scratchFolder();
    const { exitCode, shown } = await onTerminal(
      cwd,
      ['--author', 'Acme', '--description', 'Finds missing caps'],
      [
        ['Folder of the project', 'bottle-cap\r'],
        ['Template', '\r'],
        ['Bottle cap', '\r'],
        ['App id', 'Not An Id\r'],
        ['must be lower-case', '\u0015com.acme.cap\r'],
        ['Platforms to build for', '\r'],
        ['Workflow', '\r'],
      ],
    );
    expect(shown).toContain('npm run build');
    expect(exitCode).toBe(0);
    const { answers } = JSON.parse(await readFile(join(cwd, 'bottle-cap/.mvas/scaffold.json'), 'utf8'));
    expect(answers).toMatchObject({
      name: 'bottle-cap',
      title: 'Bottle cap',
      appId: 'com.acme.cap',
      author: 'Acme',
      description: 'Finds missing caps',
    });
  },
);

test.skipIf(!python)('Ctrl-C at a question ends with 130 and creates nothing', async () => {
  const cwd = await scratchFolder();
  const { exitCode } = await onTerminal(
    cwd,
    ['cap'],
    [
      ['Template', '\r'],
      ['Title that people read', '\r'],
      ['App id', '\u0003'],
    ],
  );
  expect(exitCode).toBe(130);
  expect(await readdir(cwd)).toEqual([]);
});
