import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { lockFile } from './lock-file.ts';

const nobody = 2 ** 22 + 12345; // above the highest number a process can have here

async function place(): Promise<{ folder: string; path: string }> {
  const folder = await scratchFolder();
  return { folder, path: join(folder, 'apps', '.lock') };
}

test('of many who want it one has it at a time, and in the end it is free', async () => {
  const { folder, path } = await place();
  let inside = 0;
  let most = 0;
  const work = async () => {
    await using _lock = await lockFile(path);
    most = Math.max(most, ++inside);
    await sleep(3);
    inside--;
  };
  await Promise.all(Array.from({ length: 12 }, work));
  expect(most).toBe(1);
  expect(await readdir(join(folder, 'apps'))).toEqual([]);
});

test.each([
  ['a process that died', String(nobody), 0],
  ['one that died before it wrote its number', '', 60_000],
])('the lock of %s is taken over', async (_, text, ageMs) => {
  const { folder, path } = await place();
  await (await lockFile(path))[Symbol.asyncDispose]();
  await writeFile(path, text);
  await utimes(path, new Date(), new Date(Date.now() - ageMs));
  await (await lockFile(path, { patienceMs: 1000 }))[Symbol.asyncDispose]();
  expect(await readdir(join(folder, 'apps'))).toEqual([]);
});

test('a lock that is kept too long is named with its owner and what to do', async () => {
  const { path } = await place();
  await using _lock = await lockFile(path);
  await expect(lockFile(path, { patienceMs: 100 })).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: `${path}: process ${process.pid} has held it for more than 0.1 s`,
    hint: expect.stringContaining('remove the file'),
  });
});

test('waiting ends with the signal', async () => {
  const { path } = await place();
  await using _lock = await lockFile(path);
  await expect(lockFile(path, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
