import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { findProgram } from './find-program.ts';
import { runProcess } from './run-process.ts';

const node = process.execPath;
const env = process.env;

test('the exit code, both streams and every line are told', async () => {
  const lines: string[] = [];
  const script = 'console.log("one\\ntwo"); console.error("three"); process.stdout.write("four"); process.exitCode = 3';
  const result = await runProcess(node, ['-e', script], { env, onLine: (line, stream) => lines.push(`${stream} ${line}`) });
  expect(result).toMatchObject({ exitCode: 3, signal: undefined, stdout: 'one\ntwo\nfour', stderr: 'three\n', timedOut: false });
  expect(lines.sort()).toEqual(['stderr three', 'stdout four', 'stdout one', 'stdout two']);
});

test('a flood of output is capped in the middle and does not stop the program', async () => {
  const result = await runProcess(node, ['-e', 'for (let i = 0; i < 3e5; i++) console.log("0123456789"); console.log("end")'], { env });
  expect(result.exitCode).toBe(0);
  expect(result.stdout.length).toBeLessThan(1_100_000);
  expect(result.stdout).toMatch(/characters left out/);
  expect(result.stdout).toMatch(/end\n$/);
});

test('a program that is not there is named', async () => {
  await expect(runProcess('no-such-program', [], { env })).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringContaining('no-such-program'),
  });
});

test.skipIf(process.platform === 'win32')('at the deadline the program goes with everything it started', async () => {
  const mark = join(await scratchFolder(), 'alive');
  const script = `trap "" TERM; (trap "" TERM; sleep 2.5; touch ${mark}) & sleep 60`;
  const result = await runProcess('/bin/sh', ['-c', script], { env, timeoutMs: 100 });
  expect(result).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
  await sleep(1800);
  expect(existsSync(mark)).toBe(false);
});

test('an abort ends the program and is INTERRUPTED', async () => {
  const abort = new AbortController();
  const run = runProcess(node, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
    env,
    signal: abort.signal,
    onLine: () => abort.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('programs are found on the PATH of the given environment only', async () => {
  const folder = await scratchFolder();
  expect(await findProgram('node', { PATH: folder })).toBeUndefined();
  expect(await findProgram('node', env)).toMatch(/node(\.exe)?$/i);
});
