import { describe, expect, test } from 'vitest';
import { bombs } from '../../test/hostile/bombs.ts';
import { added, type Hostile, many, model, weights, zeros } from '../../test/hostile/change.ts';
import { hostileHeaders } from '../../test/hostile/headers.ts';
import { hostileNames } from '../../test/hostile/names.ts';
import { hostileContainers, hostileStructures } from '../../test/hostile/structure.ts';
import { archiveBytes, descriptor, goodArchive, type RawArchive, type RawEntry } from '../../test/hostile-archives.ts';
import { memoryFile } from '../../test/memory-file.ts';
import { openArchive } from './archive.ts';

/** The reason why an archive is refused, in full: by its headers, or while its content is read. */
async function refusal(bytes: Buffer): Promise<string> {
  try {
    const archive = await openArchive(memoryFile(bytes), 'a.mvapp', bytes.length);
    for (const entry of archive.entries) await archive.sha256(entry);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(CONTAINER_MALFORMED|CONTENT_DIFFERS)$/) });
    return (error as Error).message;
  }
}

const hostile: readonly Hostile[] = [...hostileNames, ...hostileHeaders, ...hostileStructures, ...hostileContainers, ...bombs];

describe('a signed package', () => {
  test('that is well formed is taken', async () => {
    expect(await refusal(archiveBytes(goodArchive()))).toBe('taken');
    expect(await refusal(archiveBytes(model({ flags: 8, descriptor: descriptor(weights) })))).toBe('taken');
    expect(await refusal(archiveBytes(model({ method: 8, data: zeros.subarray(0, 60_000) })))).toBe('taken');
    expect(await refusal(archiveBytes(many(4096)))).toBe('taken');
  });

  test.each(hostile)('that %s is refused', async (_title, archive, reason) => {
    expect(await refusal(archiveBytes(archive))).toContain(reason);
  });

  test('is refused for a reason of its own, whatever was done to it', async () => {
    const messages = new Map<string, string[]>();
    for (const [title, archive] of hostile) {
      const message = await refusal(archiveBytes(archive));
      messages.set(message, [...(messages.get(message) ?? []), title]);
    }
    expect([...messages].filter(([, titles]) => titles.length > 1)).toEqual([]);
    expect(messages.size).toBeGreaterThan(100);
  });

  test('that was cut is refused, wherever', async () => {
    const bytes = archiveBytes(added('z', { data: weights, flags: 8, descriptor: descriptor(weights) }));
    for (let length = 0; length < bytes.length; length++) {
      const reason = length < 22 ? `has ${length} bytes, too few` : 'does not end with the end record of a ZIP archive: it is truncated';
      expect(await refusal(bytes.subarray(0, length))).toContain(reason);
    }
  });

  test('has no byte that may be changed without notice', { timeout: 60_000 }, async () => {
    const archive = model({ flags: 8, descriptor: descriptor(weights) });
    const bytes = archiveBytes(archive);
    for (let at = 0; at < bytes.length; at++) {
      for (const mask of [1, 0x80, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(await refusal(changed), `byte ${at} ^ ${mask}`).not.toBe('taken');
      }
    }
  });
});

describe('an unsigned package', () => {
  const plain = (change: Partial<RawEntry>): RawArchive => ({ entries: model(change).entries.slice(1) });

  test('may have dates, modes, folders, owners, flags and letters that others write', async () => {
    const harmless: Partial<RawEntry>[] = [
      { date: 0x5a21, time: 77, externalAttributes: 0x81ed0000, madeBy: (3 << 8) | 30 },
      { extra: Buffer.from([0x55, 0x54, 1, 0, 3]), local: { extra: Buffer.from([0x75, 0x78, 0, 0]) } },
      { flags: 2048, name: 'models/ä.onnx' },
      { method: 8, flags: 2, data: Buffer.from('weights weights weights') },
      { flags: 8, descriptor: descriptor(weights).subarray(4) },
      { name: 'models/', data: Buffer.alloc(0), externalAttributes: 0x41ed0010 },
    ];
    for (const change of harmless) expect(await refusal(archiveBytes(plain(change))), JSON.stringify(change)).toBe('taken');
  });

  test.each<[string, Partial<RawEntry>]>([
    ['a link', { externalAttributes: 0xa1ff0000 }],
    ['a name that climbs', { name: '../m' }],
    ['an encrypted entry', { flags: 1 }],
    ['a bomb', { method: 8, data: zeros }],
    ['a Unicode path field', { extra: Buffer.from([0x75, 0x70, 0, 0]) }],
    ['a local header with another name', { local: { name: 'models/x' } }],
    ['a file as a folder', { name: 'config/a.json/x' }],
  ])('with %s is refused like a signed one', async (_title, change) => {
    expect(await refusal(archiveBytes(plain(change)))).not.toBe('taken');
  });
});
