// Reads the external symbols of a Mach-O file.
import type { ExportedSymbol } from './binary.ts';
import type { MachOImage } from './macho-image.ts';

const command = { symbols: 0x2, dynamicSymbols: 0xb } as const;
const typeBits = { external: 0x01, privateExternal: 0x10, debugging: 0xe0, kind: 0x0e } as const;
const weakDefinition = 0x0080;
const twoLevelNames = 0x80;

interface MachOSymbols {
  readonly exports: readonly ExportedSymbol[];
  readonly imports: readonly string[];
  readonly preemptible: readonly string[];
}

/** What it offers and takes, by the names of C: without the underscore that the format puts before them. */
export function readMachOSymbols(image: MachOImage): MachOSymbols {
  const table = image.commands.find(({ kind }) => kind === command.symbols)?.record;
  const exports: ExportedSymbol[] = [];
  const imports: string[] = [];
  if (table === undefined) return { exports, imports, preemptible: [] };
  const bytes = image.bits === 64 ? 16 : 12;
  const symbols = image.reader.bytes(table.readUInt32LE(8), table.readUInt32LE(12) * bytes, 'symbol table');
  const names = image.reader.bytes(table.readUInt32LE(16), table.readUInt32LE(20), 'symbol names');
  const exported = new Map<number, string>();
  for (let at = 0; at < symbols.length; at += bytes) {
    const type = symbols.readUInt8(at + 4);
    if ((type & typeBits.external) === 0 || (type & (typeBits.debugging | typeBits.privateExternal)) !== 0) continue;
    const name = image.reader.name(names, symbols.readUInt32LE(at), 'symbol names').replace(/^_/, '');
    if ((type & typeBits.kind) === 0) imports.push(name);
    else {
      const isCode = image.sections[symbols.readUInt8(at + 5) - 1]?.isCode === true;
      const isShared = (symbols.readUInt16LE(at + 6) & weakDefinition) !== 0;
      exports.push({ name, kind: isCode ? 'function' : 'data', ...(isShared ? { isShared } : {}) });
      exported.set(at / bytes, name);
    }
  }
  return { exports, imports, preemptible: preemptible(image, exported) };
}

/** With the flat namespace of old, the loader takes any library's symbol of that name. */
function preemptible(image: MachOImage, exported: ReadonlyMap<number, string>): string[] {
  const dynamic = image.commands.find(({ kind }) => kind === command.dynamicSymbols)?.record;
  if (dynamic === undefined || (image.flags & twoLevelNames) !== 0) return [];
  const table = image.reader.bytes(dynamic.readUInt32LE(56), dynamic.readUInt32LE(60) * 4, 'table of indirect symbols');
  const found = new Set<string>();
  for (let at = 0; at < table.length; at += 4) {
    const name = exported.get(table.readUInt32LE(at));
    if (name !== undefined) found.add(name);
  }
  return [...found].sort();
}
