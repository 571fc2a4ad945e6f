// Reads the end record of an archive, which must be its last bytes and must lie directly behind the directory.
import { malformed } from './malformed.ts';
import { type RandomAccess, readExactly } from './read-exactly.ts';
import { endBytes, endFields, endSignature, limits } from './zip-format.ts';

/** Where the directory lies, and how many entries it has. */
export interface EndRecord {
  readonly offset: number;
  readonly bytes: number;
  readonly count: number;
}

/** @throws {@link KitError} `CONTAINER_MALFORMED` naming the rule. */
export async function readEnd(file: RandomAccess, archive: string, sizeBytes: number): Promise<EndRecord> {
  if (sizeBytes < endBytes) throw malformed(archive, `has ${sizeBytes} bytes, too few for a package`);
  if (sizeBytes > limits.bytes) throw malformed(archive, `has ${sizeBytes} bytes, more than ${limits.bytes}`);
  const end = await readExactly(file, archive, sizeBytes - endBytes, endBytes);
  if (end.readUInt32LE(0) !== endSignature) throw malformed(archive, await wrongEnd(file, archive, sizeBytes));
  const found = {
    count: end.readUInt16LE(endFields.count),
    bytes: end.readUInt32LE(endFields.bytes),
    offset: end.readUInt32LE(endFields.offset),
  };
  const problem = endProblem(end, found, sizeBytes);
  if (problem !== undefined) throw malformed(archive, problem);
  return found;
}

/** Says what stands in place of the end record: one further up is looked for, but never taken. */
async function wrongEnd(file: RandomAccess, archive: string, sizeBytes: number): Promise<string> {
  const length = Math.min(sizeBytes, endBytes + 0xffff);
  const tail = await readExactly(file, archive, sizeBytes - length, length);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endSignature);
  const at = tail.lastIndexOf(signature, length - endBytes);
  if (at === -1) return 'does not end with the end record of a ZIP archive: it is truncated or something else';
  const behind = length - endBytes - at;
  return behind === tail.readUInt16LE(at + 20) ? `has an archive comment of ${behind} bytes` : `has ${behind} bytes behind its end record`;
}

function endProblem(end: Buffer, { count, bytes, offset }: EndRecord, sizeBytes: number): string | undefined {
  if (end.readUInt16LE(20) !== 0) return `has an end record that promises a comment of ${end.readUInt16LE(20)} bytes`;
  if (end.readUInt16LE(4) !== 0) return `is disk ${end.readUInt16LE(4)} of several`;
  if (end.readUInt16LE(6) !== 0) return `has its directory on disk ${end.readUInt16LE(6)}`;
  if (count === 0xffff || bytes === 0xffffffff || offset === 0xffffffff) return 'uses ZIP64';
  if (count !== end.readUInt16LE(endFields.countHere)) return 'counts its entries in two ways';
  if (count === 0) return 'is empty';
  if (count > limits.entries) return `has ${count} entries, more than ${limits.entries}`;
  if (bytes > limits.directoryBytes) return `has a directory of ${bytes} bytes, more than ${limits.directoryBytes}`;
  const gap = sizeBytes - endBytes - bytes - offset;
  if (gap > 0) return `has ${gap} bytes between its directory and its end record`;
  return gap < 0 ? 'has a directory that does not lie before its end record' : undefined;
}
