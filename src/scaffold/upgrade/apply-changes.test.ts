import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../../test/scratch.ts';
import { applyChanges, finishInterrupted } from './apply-changes.ts';

const never = new AbortController().signal;
const write = (path: string, text: string, mode = 0o644) => ({ path, data: Buffer.from(text), mode });
const remove = (path: string) => ({ path, data: undefined, mode: 0 });

async function project() {
  const root = await scratchFolder();
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'a.txt'), 'old a');
  await writeFile(join(root, 'src/b.txt'), 'old b');
  return root;
}

async function filesOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(root.length + 1).replaceAll('\\', '/'), await readFile(path, 'utf8')])),
  );
}

test('files are written, replaced and removed with their folders, and nothing else is left', async () => {
  const root = await project();
  await applyChanges(root, [write('a.txt', 'new a', 0o755), write('deep/er/c.txt', 'new'), remove('src/b.txt')], never);
  expect(await filesOf(root)).toEqual({ 'a.txt': 'new a', 'deep/er/c.txt': 'new' });
  expect(await readdir(root)).not.toContain('src');
  if (process.platform !== 'win32') expect((await stat(join(root, 'a.txt'))).mode & 0o777).toBe(0o755);
});

test('a file may become a folder of its name', async () => {
  const root = await project();
  await applyChanges(root, [write('a.txt/inner.txt', 'new'), remove('a.txt')], never);
  expect(await filesOf(root)).toEqual({ 'a.txt/inner.txt': 'new', 'src/b.txt': 'old b' });
});

test('an interrupted run and one that fails in the middle leave everything as it was', async () => {
  const root = await project();
  const before = await filesOf(root);
  await expect(applyChanges(root, [write('a.txt', 'new')], AbortSignal.abort())).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(await filesOf(root)).toEqual(before);
  // a folder with something in it cannot be replaced by a file
  const changes = [remove('src/b.txt'), write('a.txt', 'new'), write('z', 'new'), write('.mvas', 'no')];
  await expect(applyChanges(root, changes, never)).rejects.toMatchObject({ code: 'WRITE_FAILED', exit: 3 });
  expect(await filesOf(root)).toEqual(before);
});

test('a run that was killed after its journal was written is finished, one that was killed before is forgotten', async () => {
  const root = await project();
  const part = join(root, '.mvas/upgrade.part');
  await mkdir(part, { recursive: true });
  await writeFile(join(part, '0.new'), 'new a');
  expect(await finishInterrupted(root)).toBe(false);
  expect(await filesOf(root)).toEqual({ 'a.txt': 'old a', 'src/b.txt': 'old b' });
  await mkdir(part, { recursive: true });
  await writeFile(join(part, '1.new'), 'new a');
  // the first step was made before the end came: its staged file is gone
  const steps = [{ path: 'c.txt', staged: '0.new' }, { path: 'a.txt', staged: '1.new' }, { path: 'src/b.txt' }];
  await writeFile(join(part, 'journal.json'), JSON.stringify(steps));
  expect(await finishInterrupted(root)).toBe(true);
  expect(await filesOf(root)).toEqual({ 'a.txt': 'new a' });
});
