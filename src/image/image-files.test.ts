import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { decodeImage } from './decode-image.ts';
import { encodePng } from './encode-png.ts';
import { listImageFiles } from './image-files.ts';

test('a folder is listed in natural order, subfolders included, without hidden and foreign files', async () => {
  const folder = await scratchFolder();
  await mkdir(join(folder, 'defect'));
  const names = ['good_10.png', 'good_2.png', 'GOOD_1.PNG', 'a.JPG', 'b.jpeg', 'c.bmp', 'd.tif', 'e.tiff', 'f.webp', 'defect/x.png'];
  for (const name of [...names, 'notes.txt', '.hidden.png', 'good_3.png.txt']) await writeFile(join(folder, name), '');
  expect(await listImageFiles(folder)).toEqual([
    'a.JPG', 'b.jpeg', 'c.bmp', 'd.tif', 'defect/x.png', 'e.tiff', 'f.webp', 'GOOD_1.PNG', 'good_2.png', 'good_10.png',
  ]); // biome-ignore format: one glance
  await expect(listImageFiles(join(folder, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test.each([1, 3, 4] as const)('a PNG of %i channels decodes to the bytes it was made from', async (channels) => {
  const path = join(await scratchFolder(), 'out.png');
  const data = Uint8Array.from({ length: 6 * channels }, (_, at) => (at * 37) % 256);
  await writeFile(path, await encodePng({ data, width: 3, height: 2, channels }));
  const picture = await decodeImage(path);
  expect(picture.channels).toBe(channels);
  expect([...picture.data]).toEqual([...data]);
});
