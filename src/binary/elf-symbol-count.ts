// How many dynamic symbols an ELF file has: the dynamic segment does not say, the section table or the hash table does.
import { MalformedBinary } from './byte-reader.ts';
import type { ElfImage } from './elf-image.ts';
import { field } from './elf-layout.ts';

const dynamicSymbols = 11;
const hashTag = 4;
const gnuHashTag = 0x6ffffef5;

/** Counts by the section table; by the hash table where sections were stripped. */
export function countSymbols(image: ElfImage): number {
  return bySections(image) ?? byHash(image) ?? byGnuHash(image) ?? 0;
}

function bySections({ reader, layout, header }: ElfImage): number | undefined {
  const offset = field(header, layout.header.sectionOffset);
  const count = header.readUInt16LE(layout.header.sectionCount);
  if (offset === 0 || count === 0) return undefined;
  const table = reader.bytes(offset, count * layout.section.bytes, 'section table');
  for (let at = 0; at < table.length; at += layout.section.bytes)
    if (table.readUInt32LE(at + 4) === dynamicSymbols)
      return Math.floor(field(table.subarray(at), layout.section.size) / layout.symbol.bytes);
  return undefined;
}

function byHash({ dynamic, offsetOf, reader }: ElfImage): number | undefined {
  const address = dynamic.find(({ tag }) => tag === hashTag)?.value;
  return address === undefined ? undefined : reader.bytes(offsetOf(address, 'hash table'), 8, 'hash table').readUInt32LE(4);
}

/** Symbols are sorted by bucket; the last chain's end, marked by an odd hash, is the last symbol. */
function byGnuHash({ dynamic, offsetOf, reader, layout }: ElfImage): number | undefined {
  const address = dynamic.find(({ tag }) => tag === gnuHashTag)?.value;
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
