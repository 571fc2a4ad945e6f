// How many dynamic symbols an ELF file has: the dynamic segment does not say, the section table or the hash table does.
import { MalformedBinary } from './byte-reader.ts';
import { type ElfImage, tag } from './elf-image.ts';

const dynamicSymbols = 11;

/** Counts by the section table; by the hash table where sections were stripped. */
export function countSymbols(image: ElfImage): number {
  return bySections(image) ?? byHash(image) ?? byGnuHash(image) ?? 0;
}

function bySections({ sections, layout }: ElfImage): number | undefined {
  const found = sections.find(({ type }) => type === dynamicSymbols);
  return found === undefined ? undefined : Math.floor(found.bytes / layout.symbol.bytes);
}

function byHash({ entry, offsetOf, reader }: ElfImage): number | undefined {
  const address = entry(tag.hash);
  return address === undefined ? undefined : reader.bytes(offsetOf(address, 'hash table'), 8, 'hash table').readUInt32LE(4);
}

/** Symbols are sorted by bucket; the last chain's end, marked by an odd hash, is the last symbol. */
function byGnuHash({ entry, offsetOf, reader, layout }: ElfImage): number | undefined {
  const address = entry(tag.gnuHash);
  if (address === undefined) return undefined;
  const start = offsetOf(address, 'hash table');
  const head = reader.bytes(start, 16, 'hash table');
  const [buckets, first, bloom] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
  const bucketsAt = start + 16 + bloom * (layout.bits / 8);
  const table = reader.bytes(bucketsAt, buckets * 4, 'hash table');
  let last = 0;
  for (let at = 0; at < table.length; at += 4) last = Math.max(last, table.readUInt32LE(at));
  if (last < first) return first;
  const chains = bucketsAt + buckets * 4;
  for (let index = last; chains + (index - first) * 4 < reader.size; index++)
    if ((reader.bytes(chains + (index - first) * 4, 4, 'hash chain').readUInt32LE(0) & 1) === 1) return index + 1;
  throw new MalformedBinary('its hash table does not end');
}
