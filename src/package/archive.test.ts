import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { scratchFolder } from '../../test/scratch.ts';
import { readArchive } from './archive.ts';
import { bytesSource } from './archive-source.ts';
import { writeArchive } from './write-archive.ts';

const files = {
  'models/z.onnx': Buffer.from('a model'),
  'manifest.json': Buffer.from('{}'),
  'config/empty.json': Buffer.alloc(0),
  'Models.txt': Buffer.from([0, 255, 10]),
};

function sources() {
  return Object.entries(files).map(([name, bytes]) => bytesSource(name, bytes));
}

test('a package holds its files in one order and gives them back', async () => {
  const path = join(await scratchFolder(), 'a.mvapp');
  const written = await writeArchive(path, sources());
  await using archive = await readArchive(path);
  expect(archive.entries.map(({ name }) => name)).toEqual(['manifest.json', 'Models.txt', 'config/empty.json', 'models/z.onnx']);
  for (const entry of archive.entries) expect(await archive.read(entry, 100)).toEqual(files[entry.name as keyof typeof files]);
  expect(written.sizeBytes).toBe((await readFile(path)).length);
});

test('the order in which files are given changes no byte', async () => {
  const folder = await scratchFolder();
  const one = await writeArchive(join(folder, '1.mvapp'), sources());
  const two = await writeArchive(join(folder, '2.mvapp'), sources().reverse());
  expect(two).toEqual({ ...one, path: two.path });
  expect(await readFile(one.path)).toEqual(await readFile(two.path));
});

test('an entry above 32 MB is streamed, and both readers find it whole', { timeout: 60_000 }, async () => {
  const path = join(await scratchFolder(), 'a.mvapp');
  const large = Buffer.alloc(33 * 1024 * 1024, 'weights');
  await writeArchive(path, [bytesSource('manifest.json', files['manifest.json']), bytesSource('models/m.onnx', large)]);
  await using archive = await readArchive(path);
  const entry = archive.find('models/m.onnx');
  expect(entry?.sizeBytes).toBe(large.length);
  expect((await yauzlFiles(path)).get('models/m.onnx')?.equals(large)).toBe(true);
});

test('yauzl reads the same files as the strict reader', async () => {
  const path = join(await scratchFolder(), 'a.mvapp');
  await writeArchive(path, sources());
  expect(Object.fromEntries(await yauzlFiles(path))).toEqual(files);
});

test('names that no package may hold are refused before anything is written', async () => {
  const folder = await scratchFolder();
  for (const name of ['../x', 'a\\b', 'con.txt', 'ä', 'a//b']) {
    await expect(writeArchive(join(folder, 'a.mvapp'), [bytesSource(name, Buffer.alloc(1))])).rejects.toMatchObject({
      code: 'PACKAGE_REFUSED',
    });
  }
  const twins = [bytesSource('a/B', Buffer.alloc(1)), bytesSource('A/b', Buffer.alloc(1))];
  await expect(writeArchive(join(folder, 'a.mvapp'), twins)).rejects.toThrow('same name on some systems');
  const many = Array.from({ length: 4097 }, (_, index) => bytesSource(`config/${index}`, Buffer.alloc(1)));
  await expect(writeArchive(join(folder, 'a.mvapp'), many)).rejects.toThrow('4097 files are more than the 4096 of a package');
});

test.each([1, 40 * 1024 * 1024])('a file of %i bytes that changes while it is packed leaves no package', async (size) => {
  const folder = await scratchFolder();
  const source = { ...bytesSource('models/m', Buffer.alloc(size)), sizeBytes: size + 1 };
  await expect(writeArchive(join(folder, 'a.mvapp'), [source])).rejects.toThrow('changed while it was packed');
  expect(await readdir(folder)).toEqual([]);
});

test('an abort in the middle of a large entry leaves nothing', async () => {
  const folder = await scratchFolder();
  const abort = new AbortController();
  const endless = {
    name: 'models/m',
    sizeBytes: 1e9,
    chunks: async function* () {
      for (let count = 0; ; count++) {
        if (count === 5) abort.abort();
        yield Buffer.alloc(1024 * 1024);
      }
    },
  };
  await expect(writeArchive(join(folder, 'a.mvapp'), [endless], { signal: abort.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(await readdir(folder)).toEqual([]);
});

test('a truncated package is refused, wherever it was cut', { timeout: 60_000 }, async () => {
  const folder = await scratchFolder();
  const path = join(folder, 'a.mvapp');
  await writeArchive(path, sources());
  const whole = await readFile(path);
  for (let length = 0; length < whole.length; length += 3) {
    await writeFile(path, whole.subarray(0, length));
    await expect(readArchive(path)).rejects.toMatchObject({ code: 'CONTAINER_MALFORMED' });
  }
});

async function yauzlFiles(path: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(path, { strictFileNames: true, validateEntrySizes: true });
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return found;
}
