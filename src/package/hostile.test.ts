import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { archiveBytes, descriptor, goodArchive, type RawArchive, type RawEntry } from '../../test/hostile-archives.ts';
import { seededRandom } from '../../test/random.ts';
import { readArchive } from './archive.ts';

const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
afterAll(() => rm(folder, { recursive: true }));

/** The reason why an archive is refused, in full: by its headers, or while its content is read. */
async function refusal(bytes: Buffer): Promise<string> {
  const path = join(folder, 'a.mvapp');
  await writeFile(path, bytes);
  try {
    await using archive = await readArchive(path);
    for (const entry of archive.entries) await archive.sha256(entry);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(CONTAINER_MALFORMED|CONTENT_DIFFERS)$/) });
    return (error as Error).message.replace(path, '');
  }
}

/** The good package with its model changed. */
function model(change: Partial<RawEntry>): RawArchive {
  const archive = goodArchive();
  const entries = archive.entries.map((entry) => (entry.name === 'models/m.onnx' ? { ...entry, ...change } : entry));
  return { ...archive, entries };
}

function added(name: string, more: Partial<RawEntry> = {}): RawArchive {
  const archive = goodArchive();
  return { entries: [...archive.entries, { name, data: Buffer.from('x'), ...more }] };
}

const weights = Buffer.from('weights');
const zeros = Buffer.alloc(1024 * 1024);
const end = { name: 'z', data: Buffer.from('x') };

const hostile: [string, RawArchive, string][] = [
  ['climbs out of the folder', added('../x'), 'has the segment ..'],
  ['climbs out further inside', added('z/../../x'), 'has the segment ..'],
  ['has an absolute name', added('/x'), 'is absolute'],
  ['has a drive letter', added('z:/x'), 'has the character :'],
  ['has backslashes', added('z\\x'), 'has the character \\'],
  ['has an empty name', added(''), 'is empty'],
  ['has an empty segment', added('z//x'), 'has an empty segment'],
  ['has a segment of one dot', added('z/./x'), 'has the segment .'],
  ['ends with a dot', added('z.'), 'has a segment that ends with a dot or a space'],
  ['ends with a space', added('z '), 'has a segment that ends with a dot or a space'],
  ['is a device of Windows', added('z/NUL.txt'), 'has the segment NUL.txt, the name of a device on Windows'],
  ['has a control character', added('z\u0007'), 'has control characters or is no UTF-8'],
  ['has a NUL in its name', added('z.json\0.exe'), 'has control characters or is no UTF-8'],
  ['has a name that is no UTF-8', added('z', { nameBytes: Buffer.from([0xff, 0x7a]) }), 'has control characters or is no UTF-8'],
  ['has letters beyond ASCII', added('zä'), 'has characters other than printable ASCII'],
  ['turns the writing direction', added('z\u202e'), 'has control characters or is no UTF-8'],
  ['has a name that is too long', added('z'.repeat(241)), 'has more than 240 bytes'],
  ['holds a name twice', added('models/m.onnx'), 'holds models/m.onnx twice'],
  ['holds a name in two cases', added('models/M.onnx'), 'the same name on some systems'],
  ['uses a file as a folder', added('models/m.onnx/x'), 'uses the file models/m.onnx as a folder'],
  ['holds a folder', added('z/', { data: Buffer.alloc(0), externalAttributes: 0x41ed0010 }), 'is a folder'],
  ['is a link', added('z', { externalAttributes: 0xa1ff0000 }), 'is a link'],
  ['is a device node', added('z', { externalAttributes: 0x61a40000 }), 'is a special file'],
  ['has another mode', model({ externalAttributes: 0x81ed0020 }), 'has other attributes than mode 0644'],
  ['has internal attributes', model({ internalAttributes: 1 }), 'has other attributes than mode 0644'],
  ['was made elsewhere', model({ madeBy: 20 }), 'was made by 20'],
  ['needs another version', model({ versionNeeded: 45 }), 'needs version 45'],
  ['has another date', model({ date: 0x5a21 }), 'has another date than 1980-01-01'],
  ['has another time', model({ time: 1 }), 'has another date than 1980-01-01'],
  ['is encrypted', model({ flags: 1 }), 'is encrypted'],
  ['is strongly encrypted', model({ flags: 64 }), 'has flags 64'],
  ['has the UTF-8 flag', model({ flags: 2048 }), 'has flags 2048'],
  ['is compressed by bzip2', model({ method: 12 }), 'is compressed by method 12'],
  ['has an entry comment', model({ comment: 'x' }), 'has a comment'],
  ['lies on another disk', model({ disk: 1 }), 'lies on another disk'],
  ['has a ZIP64 size', model({ sizeBytes: 0xffffffff }), 'uses ZIP64'],
  ['has a Unicode path in its extra field', model({ extra: Buffer.from([0x75, 0x70, 0, 0]) }), 'has an extra field 0x7075'],
  ['has a date in its extra field', model({ extra: Buffer.from([0x55, 0x54, 0, 0]) }), 'has an extra field'],
  ['has an extra field that runs over', model({ extra: Buffer.from([0x55, 0x54, 9, 0]) }), 'has extra fields that do not fill their space'],
  [
    'has an extra field in the local header',
    model({ localExtra: Buffer.from([0x55, 0x54, 0, 0]) }),
    'has an extra field in its local header',
  ],
  ['is stored with two sizes', model({ sizeBytes: 8 }), 'is stored but has two sizes'],
  ['has another name locally', model({ localName: 'models/n.onnx' }), 'has another name in its local header'],
  ['has another checksum locally', model({ localCrc: 1 }), 'has another crc32 in its local header'],
  ['has no local header', model({ localSignature: 0 }), 'has no local header'],
  ['has a wrong checksum', model({ crc: 1 }), 'models/m.onnx does not have the checksum that its header gives'],
  ['overlaps', model({ offset: 0 }), 'overlaps another entry'],
  ['starts far away', model({ offset: 1e6 }), 'does not start where the entry before it ends'],
  [
    'has a descriptor of another size',
    model({ flags: 8, descriptor: descriptor(weights, (bytes) => bytes.writeUInt32LE(9, 12)) }),
    'has a descriptor that differs from the directory',
  ],
  [
    'has a descriptor without signature',
    model({ flags: 8, descriptor: descriptor(weights).subarray(4) }),
    'has a descriptor that differs from the directory',
  ],
  [
    'says its checksum although a descriptor follows',
    model({ flags: 8, descriptor: descriptor(weights), localCrc: 7 }),
    'has a crc32 in its local header although a descriptor follows',
  ],
  ['promises a descriptor', { entries: [...goodArchive().entries.slice(0, 2), { ...end, flags: 8 }] }, 'has another crc32|has a crc32'],
  ['is a bomb', model({ method: 8, data: zeros }), 'unpacks to more than 200 times its size'],
  [
    'inflates to more than it says',
    model({ method: 8, data: zeros.subarray(0, 9000), sizeBytes: 8999 }),
    'models/m.onnx does not inflate to the size that its header gives',
  ],
  [
    'inflates to less than it says',
    model({ method: 8, data: zeros.subarray(0, 9000), sizeBytes: 9001 }),
    'models/m.onnx does not inflate to the size that its header gives',
  ],
  [
    'holds bytes behind its compressed data',
    model({ method: 8, data: Buffer.from('030000ff', 'hex'), compressedBytes: 4, sizeBytes: 0, crc: 0 }),
    'does not inflate to the size',
  ],
  ['holds rubbish as compressed data', model({ method: 8, compressedBytes: 7, sizeBytes: 7 }), 'models/m.onnx cannot be inflated'],
  [
    'lists its entries in another order',
    { ...goodArchive(), directoryOrder: [0, 1, 3, 2] },
    'does not hold config/a.json in its place|in another order',
  ],
  ['holds its entries in another order', { entries: goodArchive().entries.toReversed() }, 'in its place'],
  ['begins with other bytes', { ...goodArchive(), before: Buffer.from('MZ') }, 'does not start where the entry before it ends'],
  ['has bytes between entries', { ...goodArchive(), gap: Buffer.from('x') }, 'does not start where the entry before it ends'],
  [
    'has bytes behind its directory',
    { ...goodArchive(), betweenDirectoryAndEnd: Buffer.from('x') },
    'does not lie directly before the end record',
  ],
  ['has bytes behind its end', { ...goodArchive(), after: Buffer.from('x') }, 'does not end with the end record'],
  ['has a comment', { ...goodArchive(), comment: 'x' }, 'does not end with the end record'],
  [
    'hides an end record in a comment',
    { ...goodArchive(), comment: archiveBytes(goodArchive()).subarray(-22).toString('latin1') },
    'directory that does not lie|comment|end record',
  ],
  ['is one disk of several', { ...goodArchive(), disk: 1 }, 'is one disk of several'],
  ['counts in two ways', { ...goodArchive(), diskCount: 3 }, 'counts its entries in two ways'],
  ['counts too few', { ...goodArchive(), count: 3 }, 'has bytes between its directory and the end record'],
  ['counts too many', { ...goodArchive(), count: 5 }, 'has no directory entry 5 of 5'],
  ['says ZIP64', { ...goodArchive(), count: 0xffff }, 'uses ZIP64'],
  ['claims a huge directory', { ...goodArchive(), directoryBytes: 0x7fffffff }, 'has a directory of 2147483647 bytes'],
  ['points elsewhere', { ...goodArchive(), directoryOffset: 1 }, 'does not lie directly before the end record'],
  ['is empty', { entries: [] }, 'is empty'],
  ['has too many entries', many(4097), 'has 4097 entries, more than 4096'],
  ['unpacks to more than 4 GiB', large(), 'more than 4294967294'],
];

function many(count: number): RawArchive {
  return { entries: Array.from({ length: count }, (_, index) => ({ name: `m${String(index).padStart(5, '0')}`, data: Buffer.alloc(0) })) };
}

function large(): RawArchive {
  const entry = { data: Buffer.alloc(6000), method: 8, compressedBytes: 6000, sizeBytes: 1_190_000 };
  return { entries: Array.from({ length: 4000 }, (_, index) => ({ name: `m${index}`, ...entry })) };
}

/** Whether a message has one of the reasons, joined by a bar. */
function reasons(message: string, reason: string): boolean {
  return reason.split('|').some((part) => message.includes(part));
}

describe('a signed package', () => {
  test('that is well formed is taken', async () => {
    expect(await refusal(archiveBytes(goodArchive()))).toBe('taken');
    expect(await refusal(archiveBytes(model({ flags: 8, descriptor: descriptor(weights) })))).toBe('taken');
    expect(await refusal(archiveBytes(model({ method: 8, data: zeros.subarray(0, 60_000) })))).toBe('taken');
    expect(await refusal(archiveBytes(many(4096)))).toBe('taken');
  });

  test.each(hostile)('that %s is refused', { timeout: 30_000 }, async (_title, archive, reason) => {
    const message = await refusal(archiveBytes(archive));
    expect(message).toSatisfy((found: string) => reasons(found, reason), reason);
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
      { extra: Buffer.from([0x55, 0x54, 1, 0, 3]), localExtra: Buffer.from([0x75, 0x78, 0, 0]) },
      { flags: 2048, name: 'models/ä.onnx' },
      { method: 8, flags: 2, data: Buffer.from('weights weights weights') },
      { flags: 8, descriptor: descriptor(weights).subarray(4) },
      { name: 'models/', data: Buffer.alloc(0), externalAttributes: 0x41ed0010 },
    ];
    for (const change of harmless) expect(await refusal(archiveBytes(plain(change))), JSON.stringify(change)).toBe('taken');
  });

  test.each([
    ['a link', { externalAttributes: 0xa1ff0000 }],
    ['a name that climbs', { name: '../m' }],
    ['an encrypted entry', { flags: 1 }],
    ['a bomb', { method: 8, data: zeros }],
    ['a Unicode path field', { extra: Buffer.from([0x75, 0x70, 0, 0]) }],
    ['a local header with another name', { localName: 'models/x' }],
    ['a file as a folder', { name: 'config/a.json/x' }],
  ])('with %s is refused like a signed one', async (_title, change) => {
    expect(await refusal(archiveBytes(plain(change)))).not.toBe('taken');
  });
});

test('random damage never crashes the reader', { timeout: 60_000 }, async () => {
  const seed = 20260101;
  const random = seededRandom(seed);
  const bytes = archiveBytes(model({ method: 8, data: zeros.subarray(0, 60_000) }));
  for (let round = 0; round < 600; round++) {
    const changed = Buffer.from(bytes);
    for (let count = 0; count < 1 + (round % 6); count++) changed[random(changed.length)] = random(256);
    await refusal(round % 5 === 0 ? changed.subarray(0, random(changed.length)) : changed);
  }
});
