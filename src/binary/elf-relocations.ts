// Reads which of its own exports an ELF file reaches through tables that the loader fills by name.
import { type ElfImage, tag } from './elf-image.ts';
import type { ElfSymbol } from './elf-symbols.ts';

const relaKind = 7;
const symbolicFlag = 2;

/** Own symbols that the loader looks up in the whole process, by which another library may answer for this one. */
export function preemptibleSymbols(image: ElfImage, symbols: readonly ElfSymbol[]): string[] {
  const isSymbolic = image.entry(tag.symbolic) !== undefined || ((image.entry(tag.flags) ?? 0) & symbolicFlag) !== 0;
  if (isSymbolic) return [];
  const own = new Map(symbols.filter((one) => one.isDefined && one.isPreemptible).map(({ index, name }) => [index, name]));
  if (own.size === 0) return [];
  const found = new Set<string>();
  for (const { address, size, bytes } of relocationTables(image)) {
    const table = image.reader.bytes(image.offsetOf(address, 'relocations'), size, 'relocations');
    for (let at = 0; at + bytes <= table.length; at += bytes) {
      const name = own.get(symbolIndex(image, table, at));
      if (name !== undefined) found.add(name);
    }
  }
  return [...found].sort();
}

function symbolIndex({ layout }: ElfImage, table: Buffer, at: number): number {
  return layout.bits === 64 ? table.readUInt32LE(at + 12) : table.readUInt32LE(at + 4) >>> 8;
}

function relocationTables({ entry, layout }: ElfImage): { address: number; size: number; bytes: number }[] {
  const { bytes: plain, bytesWithAddend } = layout.relocation;
  const tables: readonly (readonly [at: number, size: number, bytes: number])[] = [
    [tag.rela, tag.relaSize, bytesWithAddend],
    [tag.rel, tag.relSize, plain],
    [tag.plt, tag.pltSize, entry(tag.pltKind) === relaKind ? bytesWithAddend : plain],
  ];
  return tables.flatMap(([at, sizeTag, bytes]) => {
    const [address, size] = [entry(at), entry(sizeTag)];
    return address === undefined || size === undefined || size === 0 ? [] : [{ address, size, bytes }];
  });
}
