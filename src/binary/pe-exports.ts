// Reads the export directory of a DLL.
import type { ExportedSymbol } from './binary.ts';
import { MalformedBinary } from './byte-reader.ts';
import { directory, type PeImage } from './pe-image.ts';

const mostNames = 65536;

/** Exports that have a name. */
export function readExports(image: PeImage): ExportedSymbol[] {
  const { address, size } = image.directory(directory.exports);
  if (address === 0) return [];
  const head = image.reader.bytes(image.offsetOf(address, 'export directory'), 40, 'export directory');
  const count = head.readUInt32LE(24);
  if (count > mostNames) throw new MalformedBinary(`its export directory claims ${count} names, more than it can number`);
  const table = (at: number, rows: number, width: number) =>
    rows === 0 ? Buffer.alloc(0) : image.reader.bytes(image.offsetOf(head.readUInt32LE(at), 'export table'), rows * width, 'export table');
  const [functions, names, ordinals] = [table(28, head.readUInt32LE(20), 4), table(32, count, 4), table(36, count, 2)];
  return Array.from({ length: count }, (_, index) => {
    const target = functions.readUInt32LE(ordinals.readUInt16LE(index * 2) * 4);
    const name = image.reader.text(image.offsetOf(names.readUInt32LE(index * 4), 'export name'), 'export name');
    return { name, kind: symbolKind(image, target, target >= address && target < address + size) };
  });
}

function symbolKind(image: PeImage, target: number, isForwarded: boolean): ExportedSymbol['kind'] {
  if (isForwarded) return 'other';
  return image.sections.some((part) => part.isCode && target >= part.address && target < part.address + Math.max(part.span, part.bytes))
    ? 'function'
    : 'data';
}
