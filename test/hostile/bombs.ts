// Archives that would fill memory or disk, or lie about what they unpack to.
import { deflateRawSync } from 'node:zlib';
import type { RawArchive, RawEntry } from '../hostile-archives.ts';
import { added, type Hostile, model, zeros } from './change.ts';

const oneByte = Buffer.from('x');

/** Every entry alone is harmless, all together fill a disk. */
function large(): RawArchive {
  const entry = { data: Buffer.alloc(6000), method: 8, compressedBytes: 6000, sizeBytes: 1_190_000 };
  return { entries: Array.from({ length: 4000 }, (_, index) => ({ name: `m${index}`, ...entry })) };
}

/** The overlapping bomb: thousands of names for one block of data. */
function overlapping(): RawArchive {
  const entries = Array.from({ length: 1000 }, (_, index) => ({ name: `m${index + 1000}`, data: oneByte, offset: 0, hidden: false }));
  return { entries: [{ name: 'm0', data: oneByte }, ...entries] };
}

export const bombs: readonly Hostile[] = [
  ['is a bomb', model({ method: 8, data: zeros }), 'unpacks to more than 200 times its size'],
  ['is a bomb in a bomb', added('z.zip', { method: 8, data: nested() }), '"z.zip" that unpacks to more than 200 times its size'],
  ['is one block under many names', overlapping(), '"m1000" that overlaps another entry'],
  ['unpacks to more than 4 GiB', large(), 'more than 4294967294'],
  ['inflates to more than it says', lying(8999), 'models/m.onnx does not inflate to the 8999 bytes that its header gives'],
  ['inflates to less than it says', lying(9001), 'models/m.onnx does not inflate to the 9001 bytes that its header gives'],
  ['inflates for ever', added('z', endless()), 'z does not inflate to the 1000 bytes that its header gives'],
  [
    'holds bytes behind its compressed data',
    added('y', { method: 8, data: Buffer.from('030000ff', 'hex'), compressedBytes: 4, sizeBytes: 0, crc: 0 }),
    'y does not inflate to the 0 bytes that its header gives',
  ],
  ['holds rubbish as compressed data', model({ method: 8, compressedBytes: 7, sizeBytes: 7 }), 'models/m.onnx cannot be inflated: invalid'],
  ['ends in the midst of its compressed data', model(cut()), 'models/m.onnx cannot be inflated: unexpected end'],
  ['has no compressed data at all', added('z', { method: 8, data: Buffer.alloc(0), compressedBytes: 0 }), 'z '],
];

function lying(sizeBytes: number): RawArchive {
  return model({ method: 8, data: zeros.subarray(0, 9000), sizeBytes });
}

/** Deflated twice, it looks small to who does not ask for the size of what comes out. */
function nested(): Buffer {
  return Buffer.concat(Array.from({ length: 130 }, () => deflateRawSync(zeros)));
}

function endless(): Partial<RawEntry> {
  const data = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  return { method: 8, data, compressedBytes: data.length, sizeBytes: 1000 };
}

function cut(): Partial<RawEntry> {
  const data = deflateRawSync(Buffer.from('weights weights weights')).subarray(0, -3);
  return { method: 8, data, compressedBytes: data.length, sizeBytes: 23 };
}
