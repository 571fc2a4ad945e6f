// Reads the dynamic symbols of an ELF file: what it offers, what it takes, in which versions.
import type { ExportedSymbol, RequiredVersion } from './binary.ts';
import { type ElfImage, tag } from './elf-image.ts';
import { countSymbols } from './elf-symbol-count.ts';
import { requiredVersions } from './elf-versions.ts';

const binding = { local: 0, unique: 10 } as const;
const undefinedSection = 0;
const absoluteSection = 0xfff1;
const kinds: Readonly<Record<number, ExportedSymbol['kind']>> = { 1: 'data', 2: 'function', 6: 'data', 10: 'function' };

/** One dynamic symbol that others see or that others define. */
export interface ElfSymbol {
  readonly name: string;
  /** A number of the file's symbol table, as relocations use it. */
  readonly index: number;
  readonly isDefined: boolean;
  readonly isUnique: boolean;
  /** Whether a definition of the same name elsewhere may come first: not for protected ones. */
  readonly isPreemptible: boolean;
  readonly kind: ExportedSymbol['kind'];
  readonly isListed: boolean;
}

/** All dynamic symbols but local and hidden ones. */
export function readSymbols(image: ElfImage): ElfSymbol[] {
  const address = image.entry(tag.symtab);
  const { bytes, info: infoAt, other: otherAt, section: sectionAt } = image.layout.symbol;
  const count = address === undefined ? 0 : countSymbols(image);
  if (address === undefined || count === 0) return [];
  const table = image.reader.bytes(image.offsetOf(address, 'symbol table'), count * bytes, 'symbol table');
  const symbols: ElfSymbol[] = [];
  for (let start = bytes; start < table.length; start += bytes) {
    const info = table.readUInt8(start + infoAt);
    const visibility = table.readUInt8(start + otherAt) & 3;
    const section = table.readUInt16LE(start + sectionAt);
    const isHidden = visibility === 1 || visibility === 2;
    if (info >> 4 === binding.local || isHidden || (info & 15) > 10) continue;
    symbols.push({
      name: image.reader.name(image.names, table.readUInt32LE(start), 'symbol names'),
      index: start / bytes,
      isDefined: section !== undefinedSection,
      isUnique: info >> 4 === binding.unique,
      isPreemptible: visibility === 0,
      kind: kinds[info & 15] ?? 'other',
      // Names of versions are absolute symbols.
      isListed: section !== absoluteSection,
    });
  }
  return symbols;
}

/** The symbols as every format has them. */
export function describeSymbols(
  image: ElfImage,
  symbols: readonly ElfSymbol[],
): { exports: ExportedSymbol[]; imports: string[]; versions: RequiredVersion[] } {
  const exports = symbols.filter(({ isDefined, isListed }) => isDefined && isListed);
  const imports = symbols.filter(({ isDefined }) => !isDefined);
  return {
    exports: exports.map(({ name, kind, isUnique }) => ({ name, kind, ...(isUnique ? { isShared: true } : {}) })),
    imports: imports.map(({ name }) => name),
    versions: requiredVersions(image, imports),
  };
}
