import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readArchive } from '../../src/package/archive.ts';
import { signPackage } from '../../src/signing/sign.ts';
import { type VerifyOptions, verifyPackage } from '../../src/signing/verify.ts';
import { archiveBytes, type RawEntry } from '../hostile-archives.ts';
import { scratchFolder } from '../scratch.ts';
import { expectNoLooseByte, newEdKey, publicOf, writeUnsigned } from '../signed-package.ts';

/** A small signed package with two files more, its entries, and by what to verify it. */
async function signedPackage() {
  const folder = await scratchFolder();
  const key = newEdKey();
  const path = await writeUnsigned(join(folder, 'a.mvapp'), {
    'config/a.json': Buffer.from('[1]'),
    'config/b.json': Buffer.from('[2]'),
    'licenses/empty.txt': Buffer.alloc(0),
  });
  await signPackage(path, { key });
  await using archive = await readArchive(path);
  const entries: RawEntry[] = [];
  for (const entry of archive.entries) entries.push({ name: entry.name, data: await archive.read(entry, 1e6) });
  const places = archive.entries.map(({ name, dataOffset, sizeBytes }) => ({ name, from: dataOffset, to: dataOffset + sizeBytes }));
  return { folder, path, entries, places, options: { publicKey: publicOf(key) } };
}

/** Exit code and all that is said of a package of these bytes. */
async function judge(folder: string, bytes: Buffer, options: VerifyOptions): Promise<{ exit: number; text: string }> {
  const path = join(folder, 'changed.mvapp');
  await writeFile(path, bytes);
  const { exit, stages } = await verifyPackage(path, options);
  return { exit, text: stages.flatMap(({ findings }) => findings.map(({ message }) => message)).join('\n') };
}

test('no byte of a signed package can be changed without notice: every single one', async () => {
  const { folder, path, options } = await signedPackage();
  await expectNoLooseByte(folder, await readFile(path), options, 1);
});

test('every byte of a file that is changed is noticed with the name of the file', async () => {
  const { folder, path, places, options } = await signedPackage();
  const bytes = await readFile(path);
  for (const { name, from, to } of places.slice(1)) {
    for (let index = from; index < to; index++) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      const { exit, text } = await judge(folder, changed, options);
      expect([exit, text]).toEqual([12, expect.stringContaining(name)]);
    }
  }
});

test('every file that is removed, added, renamed or replaced is noticed by its name, with checksums and headers put right', async () => {
  const { folder, entries, options } = await signedPackage();
  const whole = await judge(folder, archiveBytes({ entries }), options);
  expect(whole).toEqual({ exit: 0, text: '' });
  for (const [index, { name, data }] of entries.entries()) {
    if (index === 0) continue;
    const changes: [string, RawEntry[]][] = [
      ['removed', entries.toSpliced(index, 1)],
      ['renamed', [...entries.toSpliced(index, 1), { name: `z/${index}`, data }]],
      ['emptied or filled', entries.with(index, { name, data: data.length === 0 ? Buffer.from('x') : Buffer.alloc(0) })],
      ['added beside', entries.toSpliced(Math.max(index + 1, 2), 0, { name: index === 1 ? 'a' : `${name}0`, data })],
    ];
    for (const [title, changed] of changes) {
      const { exit, text } = await judge(folder, archiveBytes({ entries: changed }), options);
      expect([exit, text], `${name} ${title}`).toEqual([
        12,
        expect.stringContaining(title === 'added beside' ? 'was added after signing' : name),
      ]);
    }
  }
});

test('any two files that are swapped, in content or in place, are noticed by name', async () => {
  const { folder, entries, options } = await signedPackage();
  for (const [first, one] of entries.entries()) {
    for (const [second, two] of entries.entries()) {
      if (first === 0 || second <= first) continue;
      const contents = entries.with(first, { ...one, data: two.data }).with(second, { ...two, data: one.data });
      const swapped = await judge(folder, archiveBytes({ entries: contents }), options);
      expect([swapped.exit, swapped.text]).toEqual([12, expect.stringContaining(one.name)]);
      expect(swapped.text).toContain(two.name);
      const moved = await judge(folder, archiveBytes({ entries: entries.with(first, two).with(second, one) }), options);
      expect([moved.exit, moved.text]).toEqual([10, expect.stringContaining(`does not hold ${one.name} in its place`)]);
    }
  }
});
