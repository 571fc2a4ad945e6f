import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { KitError } from './kit-error.ts';
import { readError, systemReason } from './read-error.ts';

const posix = process.platform !== 'win32';

async function refusalOf(path: string, reading: Promise<unknown>): Promise<string> {
  const cause = await reading.then(
    () => expect.unreachable('it was read'),
    (error: unknown) => error,
  );
  const refused = readError(path, cause, 'check the path');
  expect(refused).toMatchObject({ code: 'FILE_NOT_FOUND', hint: 'check the path', cause });
  return refused.message;
}

test('a file that is not there is named once, with the reason in words', async () => {
  const path = join(await scratchFolder(), 'it’s, "there".json');
  expect(await refusalOf(path, readFile(path))).toBe(`${path} cannot be read: no such file or folder`);
});

test('a folder in place of a file, and a file in place of a folder, are told apart', async () => {
  const folder = await scratchFolder();
  const file = join(folder, 'a.txt');
  await writeFile(file, '');
  expect(await refusalOf(folder, readFile(folder))).toBe(`${folder} cannot be read: it is a folder`);
  expect(await refusalOf(file, readdir(file))).toBe(`${file} cannot be read: a file stands where a folder should be`);
});

test.skipIf(!posix)('links in a circle, and what the system says in words of its own, are told without its code', async () => {
  const folder = await scratchFolder();
  const link = join(folder, 'link');
  await symlink(link, link);
  expect(await refusalOf(link, readFile(link))).toBe(`${link} cannot be read: its links lead in a circle`);
  const long = join(folder, 'x'.repeat(300));
  expect(await refusalOf(long, readFile(long))).toBe(`${long} cannot be read: name too long`);
});

test.skipIf(!posix || process.getuid?.() === 0)('a file that this user may not read', async () => {
  const path = join(await scratchFolder(), 'secret');
  await writeFile(path, '', { mode: 0o000 });
  expect(await refusalOf(path, readFile(path))).toBe(`${path} cannot be read: permission denied`);
  await chmod(path, 0o600);
});

test('where another path is at fault, that one is named', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'file'), '');
  const path = join(folder, 'file', 'deep', 'report.md');
  const cause = await mkdir(join(folder, 'file', 'deep')).catch((error: unknown) => error);
  expect(systemReason(path, cause)).toMatch(/\(.*file.deep\)$/);
  expect(systemReason(join(folder, 'b'), await copyFile(join(folder, 'a'), join(folder, 'b')).catch((error: unknown) => error))).toBe(
    'no such file or folder',
  );
});

test('what is an error of the kit already stays, and one that is not of the system keeps its text', () => {
  const known = new KitError('FILE_INVALID', 'a.json is too large');
  expect(readError('/a', known, 'check the path')).toBe(known);
  expect(systemReason('/a', new RangeError('File size is greater than 2 GiB'))).toBe('File size is greater than 2 GiB');
  expect(systemReason('/a', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))).toBe(
    'the disk is full',
  );
});
