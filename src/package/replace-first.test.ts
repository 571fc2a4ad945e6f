import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import { scratchFolder } from '../../test/scratch.ts';
import { readArchive } from './archive.ts';
import { bytesSource, compressed } from './archive-source.ts';
import { replaceFirst } from './replace-first.ts';
import { writeArchive } from './write-archive.ts';

const files = [
  bytesSource('manifest.json', Buffer.from('{"a": 1}')),
  bytesSource('config/empty.json', Buffer.alloc(0)),
  bytesSource('models/m.onnx', Buffer.alloc(300_000, 'weights')),
];
const random = seededRandom(20261121);
/** Deflates to about half. */
const letters = Buffer.from(Array.from({ length: 100_000 }, () => 97 + random(16)));
const signature = (text: string) => ({ name: 'signature.json', bytes: Buffer.from(text) });

async function archive(sources: Parameters<typeof writeArchive>[1]): Promise<{ folder: string; path: string }> {
  const folder = await scratchFolder();
  const path = join(folder, 'a.mvapp');
  await writeArchive(path, sources);
  return { folder, path };
}

test('an entry that is put in front, or in place of the first, makes the very archive that writing it anew makes', async () => {
  const { folder, path } = await archive(files);
  const place = join(folder, 'b.mvapp');
  for (const text of ['{}', '{"longer": true}', '']) {
    const expected = await writeArchive(join(folder, 'anew.mvapp'), [bytesSource('signature.json', Buffer.from(text)), ...files]);
    await using from = await readArchive(text === '{}' ? path : place);
    const replaced = await replaceFirst(from, signature(text), place);
    if (text === '') continue; // an empty entry is streamed by the writer of whole archives
    expect(replaced).toMatchObject({ sizeBytes: expected.sizeBytes, sha256: expected.sha256 });
    expect((await readFile(place)).equals(await readFile(expected.path))).toBe(true);
  }
});

test('deflated entries keep their very bytes', async () => {
  const { folder, path } = await archive([...files, bytesSource('models/n.onnx', letters)].map(compressed));
  await using from = await readArchive(path);
  await replaceFirst(from, signature('{}'), join(folder, 'b.mvapp'));
  await using made = await readArchive(join(folder, 'b.mvapp'));
  expect(made.entries.map(({ name, method }) => [name, method])).toContainEqual(['models/n.onnx', 8]);
  for (const entry of made.entries) for await (const chunk of made.chunks(entry)) expect(chunk.length).toBeGreaterThan(0);
  const [before, after] = await Promise.all([readFile(path), readFile(made.path)]);
  expect(after.includes(before.subarray(0, before.readUInt32LE(before.length - 6)))).toBe(true);
});

test('an archive of another form, or a full one, is left to be written anew', { timeout: 60_000 }, async () => {
  const { folder, path } = await archive(files);
  const bytes = await readFile(path);
  const other = Buffer.from(bytes);
  const end = other.length - 22;
  for (let at = other.readUInt32LE(end + 16), left = other.readUInt16LE(end + 10); left > 0; left -= 1) {
    other.writeUInt16LE(0x5a21, at + 14);
    other.writeUInt16LE(0x5a21, other.readUInt32LE(at + 42) + 12);
    at += 46 + other.readUInt16LE(at + 28);
  }
  await writeFile(path, other);
  await using dated = await readArchive(path);
  expect(await replaceFirst(dated, signature('{}'), join(folder, 'b.mvapp'))).toBeUndefined();
  const many = Array.from({ length: 4095 }, (_, index) => bytesSource(`config/${index}`, Buffer.from('x')));
  const full = await archive([bytesSource('manifest.json', Buffer.from('{}')), ...many]);
  await using whole = await readArchive(full.path);
  expect(await replaceFirst(whole, signature('{}'), join(folder, 'b.mvapp'))).toBeUndefined();
});

test('an archive that changes meanwhile, or an abort, leaves nothing', async () => {
  const { folder, path } = await archive(files);
  const output = join(folder, 'b.mvapp');
  await using from = await readArchive(path);
  const stop = AbortSignal.abort();
  await expect(replaceFirst(from, signature('{}'), output, { signal: stop })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await utimes(path, 1e9, 1e9);
  await expect(replaceFirst(from, signature('{}'), output)).rejects.toMatchObject({ code: 'CONTENT_DIFFERS' });
  await expect(readFile(output)).rejects.toMatchObject({ code: 'ENOENT' });
});
