// `mvas conform --watch`: after every rebuild what changed, and nothing while a linker is still writing.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, copyFileSync, openSync, readFileSync, renameSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compileTwin } from '../compile-twin.ts';
import { twinModel } from '../conformance-subject.ts';
import { cliPath, scratchFolder } from '../scratch.ts';

interface Watching {
  readonly library: string;
  readonly child: ChildProcess;
  /** Everything on standard output so far, and how many runs were shown. */
  readonly text: () => string;
  readonly runs: () => number;
}

const onlyPosix = process.platform === 'win32';

async function watch(library: string, ...flags: string[]): Promise<Watching> {
  const args = [cliPath, 'conform', library, '--model', twinModel, '--watch', '--only', 'infer', 'binary/format', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  return { library, child, text: () => text, runs: () => said.split('waiting for another build').length - 1 };
}

async function untilRun({ runs }: Watching, count: number): Promise<void> {
  await expect.poll(runs, { timeout: 60_000, interval: 50 }).toBe(count);
}

/** Right in all that is checked here, with the model of the broken ones. */
const good = () => compileTwin('errors/message-alike.c');

test.skipIf(onlyPosix)('a rebuild shows what broke, what is as before and what was mended, and Ctrl-C ends with 130', async () => {
  const library = join(await scratchFolder(), 'plugin.so');
  copyFileSync(await good(), library);
  const watching = await watch(library);
  await untilRun(watching, 1);
  expect(watching.text()).toContain('✓ infer:');

  // as a linker does: a new file in place of the old one
  copyFileSync(await compileTwin('infer/stride.c'), `${library}.new`);
  renameSync(`${library}.new`, library);
  await untilRun(watching, 2);
  const second = watching.text();
  expect(second).toContain('✗ failed infer/stride');
  expect(second.split('✓ infer:').length, 'what passed is not told again').toBe(2);

  // removed first, written in pieces then: only the whole is tested
  rmSync(library);
  const bytes = readFileSync(await good());
  const file = openSync(library, 'w', 0o755);
  for (let done = 0; done < bytes.length; done += Math.ceil(bytes.length / 3)) {
    writeSync(file, bytes.subarray(done, done + Math.ceil(bytes.length / 3)));
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  closeSync(file);
  await untilRun(watching, 3);
  const third = watching.text().slice(second.length);
  expect(third).toContain('✓ mended infer/stride');
  expect(third).not.toContain('✗');

  watching.child.kill('SIGINT');
  expect(await new Promise((resolve) => watching.child.on('exit', resolve))).toBe(130);
});

test.skipIf(onlyPosix)('a file that is only touched is not tested again, and a library that stays broken is', async () => {
  const library = join(await scratchFolder(), 'plugin.so');
  copyFileSync(await good(), library);
  const watching = await watch(library, '--json');
  await untilRun(watching, 1);
  utimesSync(library, new Date(), new Date(Date.now() + 5000));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(watching.runs()).toBe(1);
  const file = openSync(library, 'w', 0o755);
  writeSync(file, 'GROUP ( libplugin.so )\n');
  closeSync(file);
  await untilRun(watching, 2);
  const reports = watching
    .text()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(reports.map(({ ok }) => ok)).toEqual([true, false]);
  expect(reports[1].checks.find(({ id }: { id: string }) => id === 'binary/format').status).toBe('fail');
});
