import { open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { scratchFolder } from '../../test/scratch.ts';
import { readExactly } from './read-exactly.ts';
import { ReadWindow } from './read-window.ts';

const content = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7 + (index >> 8)) % 256));

async function opened(): Promise<{ path: string; file: ReadWindow }> {
  const path = join(await scratchFolder(), 'a');
  await writeFile(path, content);
  return { path, file: new ReadWindow(await open(path)) };
}

test('pieces of any size from anywhere, several at a time, are those of the file', async () => {
  const { path, file } = await opened();
  const random = seededRandom(20261121);
  const places = Array.from({ length: 400 }, () => {
    const at = random(content.length);
    return { at, length: random(Math.min(random(2) === 0 ? 300 : 150_000, content.length - at)) };
  });
  for (let next = 0; next < places.length; next += 4) {
    const together = places.slice(next, next + 4);
    const read = await Promise.all(together.map(({ at, length }) => readExactly(file, path, at, length)));
    for (const [index, { at, length }] of together.entries()) expect(read[index]?.equals(content.subarray(at, at + length))).toBe(true);
  }
  await expect(readExactly(file, path, content.length - 10, 11)).rejects.toMatchObject({ code: 'CONTAINER_MALFORMED' });
  await file.close();
});

test('a file that was written to since it was opened says so', async () => {
  const { path, file } = await opened();
  expect(await file.hasChanged()).toBe(false);
  await truncate(path, content.length - 1);
  expect(await file.hasChanged()).toBe(true);
  await file.close();
});
