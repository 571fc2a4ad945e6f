// Archives whose parts lie where they must not.
import { archiveBytes, descriptor, goodArchive, type RawArchive, type RawEntry } from '../hostile-archives.ts';
import { added, type Hostile, many, model, weights } from './change.ts';

const oneByte = Buffer.from('x');
const goodEnd = archiveBytes(goodArchive()).subarray(-22);

function changedDescriptor(at: number): RawArchive {
  return model({ flags: 8, descriptor: descriptor(weights, (bytes) => bytes.writeUInt32LE(9, at)) });
}

/** The good package with changed entries, by index. */
function changed(changes: Record<number, Partial<RawEntry>>): RawArchive {
  return { entries: goodArchive().entries.map((entry, index) => ({ ...entry, ...changes[index] })) };
}

function hiddenAt(index: number): RawArchive {
  return { entries: goodArchive().entries.toSpliced(index, 0, { name: 'x', data: oneByte, hidden: true }) };
}

export const hostileStructures: readonly Hostile[] = [
  ['has no local header', model({ local: { signature: 0 } }), 'has no local header'],
  ['overlaps', model({ offset: 0 }), '"models/m.onnx" that overlaps another entry'],
  ['lists one entry under two names', { ...added('z', { offset: 0 }) }, '"z" that overlaps another entry'],
  ['starts far away', model({ offset: 1e6 }), 'bytes before "models/m.onnx" that no entry owns'],
  ['ends in the directory', added('z', { method: 8, compressedBytes: 999, sizeBytes: 999 }), '"z" that runs into the directory'],
  ['has a descriptor of another checksum', changedDescriptor(4), '"models/m.onnx" that has another crc32 in its descriptor'],
  ['has a descriptor of another compressed size', changedDescriptor(8), 'has another compressedBytes in its descriptor'],
  ['has a descriptor of another size', changedDescriptor(12), 'has another sizeBytes in its descriptor'],
  ['has a descriptor with another signature', changedDescriptor(0), 'has a descriptor without its signature'],
  ['has no descriptor', added('z', { flags: 8, local: { crc: 0, compressedBytes: 0, sizeBytes: 0 } }), '"z" that has no descriptor'],
  [
    'has a descriptor without signature',
    added('y', { data: weights, flags: 8, descriptor: descriptor(weights).subarray(4) }),
    '"y" that has a descriptor without its signature',
  ],
  ...(['crc', 'compressedBytes', 'sizeBytes'] as const).map(
    (field): Hostile => [
      `says its ${field} although a descriptor follows`,
      model({ flags: 8, descriptor: descriptor(weights), local: { [field]: 7 } }),
      `has a ${field === 'crc' ? 'crc32' : field} in its local header although a descriptor follows`,
    ],
  ),
  ['begins with a program', { ...goodArchive(), before: Buffer.from('MZ') }, 'has 2 bytes before "signature.json" that no entry owns'],
  ['has bytes between entries', changed({ 1: { after: Buffer.from('between') } }), 'has 7 bytes before "config/a.json" that no entry owns'],
  ['hides an entry before the first', hiddenAt(0), 'before "signature.json" that no entry owns'],
  ['hides an entry among the others', hiddenAt(2), 'before "config/a.json" that no entry owns'],
  ['hides an entry behind the others', hiddenAt(4), 'has 32 bytes between its entries and its directory'],
  ['lists its entries in another order', { ...goodArchive(), directoryOrder: [0, 1, 3, 2] }, 'does not hold config/a.json in its place'],
  ['holds its entries in another order', { entries: goodArchive().entries.toReversed() }, 'does not hold signature.json in its place'],
];

export const hostileContainers: readonly Hostile[] = [
  [
    'has bytes behind its directory',
    { ...goodArchive(), betweenDirectoryAndEnd: Buffer.alloc(3) },
    'has 3 bytes between its directory and',
  ],
  ['has bytes behind its end', { ...goodArchive(), after: oneByte }, 'has 1 bytes behind its end record'],
  [
    'has another archive behind it',
    { ...goodArchive(), after: archiveBytes(goodArchive()) },
    'has 451 bytes between its directory and its end record',
  ],
  ['has two end records', { ...goodArchive(), after: goodEnd }, 'has 22 bytes between its directory and its end record'],
  ['has a comment', { ...goodArchive(), comment: 'x' }, 'has an archive comment of 1 bytes'],
  ['hides an end record in a comment', { ...goodArchive(), comment: goodEnd.toString('latin1') }, 'end record'],
  ['hides a comment behind its end', { ...goodArchive(), commentLength: 7 }, 'has an end record that promises a comment of 7 bytes'],
  ['has a ZIP64 end record', { ...goodArchive(), betweenDirectoryAndEnd: Buffer.alloc(76, 'PK\x06\x06') }, 'has 76 bytes between'],
  ['is one disk of several', { ...goodArchive(), disk: 1 }, 'is disk 1 of several'],
  ['has its directory on another disk', { ...goodArchive(), directoryDisk: 1 }, 'has its directory on disk 1'],
  ['begins like a split archive', { ...goodArchive(), before: Buffer.from('PK\x07\x08') }, 'has 4 bytes before "signature.json"'],
  ['counts in two ways', { ...goodArchive(), diskCount: 3 }, 'counts its entries in two ways'],
  ['counts too few', { ...goodArchive(), count: 3 }, 'has bytes between its directory and the end record'],
  ['counts too many', { ...goodArchive(), count: 5 }, 'has no directory entry 5 of 5'],
  ['counts none', { ...goodArchive(), count: 0 }, 'is empty'],
  ['says ZIP64', { ...goodArchive(), count: 0xffff }, 'a.mvapp: uses ZIP64'],
  ['claims a huge directory', { ...goodArchive(), directoryBytes: 0x7fffffff }, 'has a directory of 2147483647 bytes'],
  ['claims a small directory', { ...goodArchive(), directoryBytes: 20 }, 'bytes between its directory and its end record'],
  ['points too far up', { ...goodArchive(), directoryOffset: 1 }, 'bytes between its directory and its end record'],
  ['points too far down', { ...goodArchive(), directoryOffset: 0x7fffffff }, 'has a directory that does not lie before its end record'],
  ['has too many entries', many(4097), 'has 4097 entries, more than 4096'],
];
