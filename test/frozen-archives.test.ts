import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256File } from '../src/core/digest.ts';
import { readArchive } from '../src/package/archive.ts';
import { bytesSource } from '../src/package/archive-source.ts';
import { contentDigest } from '../src/package/content-digest.ts';
import { writeArchive } from '../src/package/write-archive.ts';
import type { Pin } from '../src/signing/pin.ts';
import { verifyPackage } from '../src/signing/verify.ts';
import { scratchFolder } from './scratch.ts';

/** What test/archives/README.md describes. */
interface Expected {
  readonly contentDigest: string;
  readonly archives: Readonly<Record<string, string>>;
  readonly pins: Readonly<Record<string, Pin>>;
  readonly verdicts: readonly { archive: string; pins: readonly string[]; at: string; exit: number }[];
}

const folder = join(import.meta.dirname, 'archives');
const expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Expected;
const pathOf = (archive: string) => join(folder, `${archive}.mvapp`);

describe('a package of format version 1 that was frozen', () => {
  test.each(expected.verdicts)('$archive, judged at $at by $pins, ends with $exit as ever', async ({ archive, pins, at, exit }) => {
    const trusted = pins.map((name) => expected.pins[name]).filter((pin) => pin !== undefined);
    expect(trusted).toHaveLength(pins.length);
    const verification = await verifyPackage(pathOf(archive), { trust: { pins: trusted, revoked: [] }, at: new Date(at) });
    expect(verification.exit, JSON.stringify(verification.stages)).toBe(exit);
    if (exit === 0) expect(verification.contentDigest).toBe(expected.contentDigest);
  });

  test.each(Object.entries(expected.archives))('%s is the file that was frozen', async (archive, sha256) => {
    expect(await sha256File(pathOf(archive))).toBe(sha256);
  });

  test.each(Object.keys(expected.archives).filter((name) => name !== 'tampered'))('%s holds the same files', async (name) => {
    await using archive = await readArchive(pathOf(name));
    const files = [];
    for (const entry of archive.entries) files.push({ name: entry.name, sizeBytes: entry.sizeBytes, sha256: await archive.sha256(entry) });
    expect(contentDigest(files)).toBe(expected.contentDigest);
    expect(files.map((file) => file.name).filter((file) => file !== 'signature.json')).toEqual([
      'manifest.json',
      'bin/linux/plugin.so',
      'config/default.json',
      'licenses/empty.txt',
      'models/m.onnx',
    ]);
  });

  test('is written again byte by byte by the packer of today', async () => {
    await using archive = await readArchive(pathOf('unsigned'));
    const sources = await Promise.all(archive.entries.map(async (entry) => bytesSource(entry.name, await archive.read(entry, 1e6))));
    const again = await writeArchive(join(await scratchFolder(), 'again.mvapp'), sources);
    expect(again.sha256).toBe(expected.archives['unsigned']);
  });
});
