// Damages archives the way attackers and bad cables do: fields, bytes, slices, and changes that fit together.

const interesting = [0, 1, 2, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Fields as [offset, bytes]; those that both headers have stand in the same place of both lists. */
const localFields = [
  [4, 2],
  [6, 2],
  [8, 2],
  [10, 2],
  [12, 2],
  [14, 4],
  [18, 4],
  [22, 4],
  [26, 2],
  [28, 2],
]; // prettier-ignore
const directoryFields = [
  [6, 2],
  [8, 2],
  [10, 2],
  [12, 2],
  [14, 2],
  [16, 4],
  [20, 4],
  [24, 4],
  [28, 2],
  [30, 2],
  [4, 2],
  [32, 2],
  [34, 2],
  [36, 2],
  [38, 4],
  [42, 4],
]; // prettier-ignore
const endFields = [
  [4, 2],
  [6, 2],
  [8, 2],
  [10, 2],
  [12, 4],
  [16, 4],
  [20, 2],
]; // prettier-ignore

/** Where the headers of a good archive lie. */
export function layoutOf(bytes) {
  const end = bytes.length - 22;
  const entries = [];
  for (let at = bytes.readUInt32LE(end + 16); at < end; ) {
    const name = bytes.readUInt16LE(at + 28);
    entries.push({ local: bytes.readUInt32LE(at + 42), directory: at, name });
    at += 46 + name + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { end, entries };
}

function newValue(random, old, size) {
  const limit = 2 ** (8 * size);
  const kind = random(4);
  if (kind === 0) return (old + 1) % limit;
  if (kind === 1) return (old + limit - 1) % limit;
  return kind === 2 ? interesting[random(interesting.length)] % limit : (old ^ (1 << random(8 * size))) >>> 0;
}

function changeField(bytes, random, base, [offset, size]) {
  const at = base + offset;
  bytes.writeUIntLE(newValue(random, bytes.readUIntLE(at, size), size) % 2 ** (8 * size), at, size);
}

/** The same value in both headers, so that only its meaning can be wrong. */
function changeBoth(bytes, random, { local, directory }) {
  const index = random(localFields.length);
  const [offset, size] = directoryFields[index];
  changeField(bytes, random, directory, directoryFields[index]);
  bytes.copy(bytes, local + localFields[index][0], directory + offset, directory + offset + size);
}

function changeName(bytes, random, { local, directory, name }) {
  const at = random(name);
  const value = random(3) === 0 ? random(256) : './\\:;* \0Aa'.charCodeAt(random(10));
  bytes[local + 30 + at] = value;
  bytes[directory + 46 + at] = value;
}

function changeAnyByte(bytes, random) {
  for (let count = 1 + random(4); count > 0; count -= 1) bytes[random(bytes.length)] = random(256);
}

/** Cuts, doubles, moves or fills a slice; half the time the end record learns where the directory is now. */
function changeSlice(bytes, random) {
  const from = random(bytes.length);
  const slice = bytes.subarray(from, from + 1 + random(random(2) === 0 ? 8 : bytes.length));
  const to = random(bytes.length);
  const kind = random(4);
  const rest = kind === 1 ? bytes : Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + slice.length)]);
  const put = kind === 0 ? [] : kind === 3 ? [Buffer.alloc(slice.length, random(256))] : [slice];
  const changed = Buffer.concat([rest.subarray(0, to), ...put, rest.subarray(to)]);
  if (changed.length >= 22 && random(2) === 0) {
    const offset = changed.length - 22 - changed.readUInt32LE(changed.length - 10);
    if (offset >= 0) changed.writeUInt32LE(offset, changed.length - 6);
  }
  return changed;
}

/** A damaged copy of an archive; the same for the same random numbers. */
export function mutant(original, { end, entries }, random) {
  const kind = random(20);
  if (kind < 2) return changeSlice(original, random);
  if (kind === 2) return Buffer.from(original.subarray(0, random(original.length)));
  const bytes = Buffer.from(original);
  const entry = entries[random(entries.length)];
  if (kind < 7) changeField(bytes, random, entry.local, localFields[random(localFields.length)]);
  else if (kind < 12) changeField(bytes, random, entry.directory, directoryFields[random(directoryFields.length)]);
  else if (kind < 15) changeBoth(bytes, random, entry);
  else if (kind < 17) changeName(bytes, random, entry);
  else if (kind === 17) changeField(bytes, random, end, endFields[random(endFields.length)]);
  else changeAnyByte(bytes, random);
  return bytes;
}
