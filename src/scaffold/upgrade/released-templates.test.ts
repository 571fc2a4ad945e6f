import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../../test/scratch.ts';
import { kitVersion } from '../../core/kit-version.ts';
import { digestOf, sourcesOf } from '../source-files.ts';
import { listTemplates } from '../template.ts';
import { listReleases, packRelease, readReleased, releasePath } from './released-templates.ts';

const changelog = join(import.meta.dirname, '../../../CHANGELOG.md');

test('a kept version gives back every text, the digest of every other file, and the digest of the whole', async () => {
  const folder = await scratchFolder();
  const [template] = await listTemplates();
  const sources = template === undefined ? [] : await sourcesOf(template);
  const data = packRelease('1.2.3', { small: sources });
  await writeFile(releasePath('1.2.3', folder), data);
  const released = await readReleased('1.2.3', 'small', folder);
  expect(released?.digest).toBe(digestOf(sources));
  expect(released?.files.map(({ path }) => path)).toEqual(sources.map(({ path }) => path));
  for (const file of released?.files ?? []) {
    const source = sources.find(({ path }) => path === file.path);
    const text = released?.textOf(file);
    if (text !== undefined) expect(Buffer.from(text).equals(source?.data ?? Buffer.of()), file.path).toBe(true);
    else expect(file.path).toMatch(/\.(png|npy|onnx)$/);
  }
  expect(data.length).toBeLessThan(200_000);
  expect(await readReleased('1.2.3', 'other', folder)).toBeUndefined();
  expect(await readReleased('9.9.9', 'small', folder)).toBeUndefined();
});

test('a damaged version is refused with its file', async () => {
  const folder = await scratchFolder();
  const path = releasePath('1.2.3', folder);
  await writeFile(path, packRelease('1.2.3', { small: [] }).subarray(0, 20));
  await expect(readReleased('1.2.3', 'small', folder)).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringContaining(path),
  });
});

test('every released version is kept as it was, and none is missing', { timeout: 30_000 }, async () => {
  const released = [...(await readFile(changelog, 'utf8')).matchAll(/^## \[?(\d+\.\d+\.\d+)/gm)].map(([, version]) => version ?? '');
  const kept = await listReleases();
  for (const version of released) expect(kept, `run: npm run keep-templates, at version ${version}`).toContain(version);
  for (const version of kept) {
    for (const template of await listTemplates()) {
      const old = await readReleased(version, template.id);
      if (old === undefined || version !== kitVersion) continue;
      expect(digestOf(await sourcesOf(template)), `${template.id} was changed after ${version}: raise the version`).toBe(old.digest);
    }
  }
});
