// What the hostile archives are made of: a good package, changed in one place.
import { goodArchive, type RawArchive, type RawEntry } from '../hostile-archives.ts';

/** What is wrong, the archive, and a part of the reason that must be given. */
export type Hostile = readonly [title: string, archive: RawArchive, reason: string];

/** The good package with its last file, the model, changed. */
export function model(change: Partial<RawEntry>): RawArchive {
  const archive = goodArchive();
  const entries = archive.entries.map((entry) => (entry.name === 'models/m.onnx' ? { ...entry, ...change } : entry));
  return { ...archive, entries };
}

/** The good package with one file more. */
export function added(name: string, more: Partial<RawEntry> = {}): RawArchive {
  return { entries: [...goodArchive().entries, { name, data: Buffer.from('x'), ...more }] };
}

/** A package of so many empty files. */
export function many(count: number): RawArchive {
  return { entries: Array.from({ length: count }, (_, index) => ({ name: `m${String(index).padStart(5, '0')}`, data: Buffer.alloc(0) })) };
}

export const weights = Buffer.from('weights');
export const zeros = Buffer.alloc(1024 * 1024);

/** An extra field of that id that claims so many bytes. */
export function extraField(id: number, length = 0): Buffer {
  return Buffer.from([id & 0xff, id >> 8, length, 0]);
}
