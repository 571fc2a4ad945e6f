// What the compiler wrote: the tests of src run from source, users run this.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('no compiled module imports a source file', async () => {
  const dist = join(import.meta.dirname, '../dist');
  const modules = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
  expect(modules.length).toBeGreaterThan(50);
  const texts = await Promise.all(modules.map(async (name) => ({ name, text: await readFile(join(dist, name), 'utf8') })));
  const importsSource = /(?:\bfrom|\bimport\s*\(|\bimport)\s*['"]\.{1,2}\/[^'"]*\.ts['"]/;
  expect(texts.filter(({ text }) => importsSource.test(text)).map(({ name }) => name)).toEqual([]);
});
