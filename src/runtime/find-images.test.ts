import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { findImages } from './find-images.ts';

async function folderWith(...names: string[]): Promise<string> {
  const root = await scratchFolder();
  for (const name of names) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), '');
  }
  return root;
}

test('files, folders and patterns add up, and every picture comes once', async () => {
  const root = await folderWith('a/10.png', 'a/9.png', 'a/notes.txt', 'b/x.jpg');
  const found = await findImages(['b/x.jpg', 'a', 'a/*.png', join(root, 'b', 'x.jpg')], root);
  expect(found.map(({ image }) => image)).toEqual(['b/x.jpg', 'a/9.png', 'a/10.png']);
});

test('names are unique below the folder that holds all pictures, wherever the call was made', async () => {
  const root = await folderWith('one/x.png', 'two/x.png', 'elsewhere/y.txt');
  const found = await findImages(['../one/x.png', '../two'], join(root, 'elsewhere'));
  expect(found.map(({ image, name }) => [image, name])).toEqual([
    ['../one/x.png', 'one/x.png'],
    ['../two/x.png', 'two/x.png'],
  ]);
});

test('earlier results in the folder are not inspected again', async () => {
  const root = await folderWith('photos/x.png', 'photos/out/overlays/x.png', 'photos/output.png');
  const found = await findImages(['photos'], root, join(root, 'photos', 'out'));
  expect(found.map(({ image }) => image)).toEqual(['photos/output.png', 'photos/x.png']);
});

test('what names nothing is refused, with the neighbour that was meant', async () => {
  const root = await folderWith('photos/good.png', 'empty/notes.txt');
  await expect(findImages(['photos/godo.png'], root)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    hint: `did you mean ${join('photos', 'good.png')}?`,
  });
  await expect(findImages(['nowhere/good.png'], root)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(findImages(['photos/*.bmp'], root)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  await expect(findImages(['empty'], root)).rejects.toMatchObject({ code: 'NOTHING_TESTED' });
});

test('a file whose name reads like a pattern is that file', async () => {
  const root = await folderWith('part[1].png', 'part1.png');
  expect((await findImages(['part[1].png'], root)).map(({ image }) => image)).toEqual(['part[1].png']);
});
