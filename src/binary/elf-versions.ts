// Reads which version of which library an ELF file takes each symbol from.
import type { RequiredVersion } from './binary.ts';
import { MalformedBinary } from './byte-reader.ts';
import { type ElfImage, tag } from './elf-image.ts';

const mostVersions = 16384;

/** The version of every imported symbol that has one. */
export function requiredVersions(
  image: ElfImage,
  imports: readonly { readonly name: string; readonly index: number }[],
): RequiredVersion[] {
  const address = image.entry(tag.versym);
  const last = imports.at(-1);
  if (address === undefined || last === undefined) return [];
  const known = readNeeds(image);
  if (known.size === 0) return [];
  const numbers = image.reader.bytes(image.offsetOf(address, 'symbol versions'), (last.index + 1) * 2, 'symbol versions');
  return imports.flatMap(({ name, index }) => {
    const found = known.get(numbers.readUInt16LE(index * 2) & 0x7fff);
    return found === undefined ? [] : [{ symbol: name, ...found }];
  });
}

/** Versions by their number in the file. */
function readNeeds(image: ElfImage): Map<number, Omit<RequiredVersion, 'symbol'>> {
  const found = new Map<number, Omit<RequiredVersion, 'symbol'>>();
  const address = image.entry(tag.verneed);
  if (address === undefined) return found;
  let at = image.offsetOf(address, 'version table');
  let steps = 0;
  for (let left = image.entry(tag.verneedCount) ?? 0; left > 0; left--) {
    const record = image.reader.bytes(at, 16, 'version table');
    const library = image.reader.name(image.names, record.readUInt32LE(4), 'versions');
    let entryAt = at + record.readUInt32LE(8);
    for (let entries = record.readUInt16LE(2); entries > 0; entries--) {
      if (++steps > mostVersions) throw new MalformedBinary('its version table does not end');
      const entry = image.reader.bytes(entryAt, 16, 'version table');
      const version = image.reader.name(image.names, entry.readUInt32LE(8), 'versions');
      found.set(entry.readUInt16LE(6) & 0x7fff, { version, library });
      const next = entry.readUInt32LE(12);
      if (next === 0) break;
      entryAt += next;
    }
    const next = record.readUInt32LE(12);
    if (next === 0 || ++steps > mostVersions) break;
    at += next;
  }
  return found;
}
