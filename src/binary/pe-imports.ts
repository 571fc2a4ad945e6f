// Reads the import directories of a DLL: what the loader resolves at once, and what it resolves at the first call.
import { MalformedBinary, u64 } from './byte-reader.ts';
import { directory, type PeImage } from './pe-image.ts';

const maxDescriptors = 4096;
const maxThunks = 262_144;

/** What is taken from one library. */
interface ImportedLibrary {
  readonly library: string;
  /** Those by number have none. */
  readonly names: readonly string[];
}

/** How a directory's records are built: bytes of one, where the library's name and the table of names stand. */
interface Shape {
  readonly directory: number;
  readonly bytes: number;
  readonly library: number;
  readonly thunks: readonly number[];
}

const atOnce: Shape = { directory: directory.imports, bytes: 20, library: 12, thunks: [0, 16] };
const delayed: Shape = { directory: directory.delayedImports, bytes: 32, library: 4, thunks: [16] };

/** Libraries that the loader needs, and those that are loaded when first called. */
export function readImports(image: PeImage): { needed: ImportedLibrary[]; optional: ImportedLibrary[] } {
  const budget = { thunks: maxThunks };
  return { needed: readDirectory(image, atOnce, budget), optional: readDirectory(image, delayed, budget) };
}

function readDirectory(image: PeImage, shape: Shape, budget: { thunks: number }): ImportedLibrary[] {
  const { address } = image.directory(shape.directory);
  if (address === 0) return [];
  const start = image.offsetOf(address, 'import directory');
  const found: ImportedLibrary[] = [];
  for (let index = 0; index < maxDescriptors; index++) {
    const record = image.reader.bytes(start + index * shape.bytes, shape.bytes, 'import directory');
    const name = record.readUInt32LE(shape.library);
    if (name === 0) return found;
    const thunks = shape.thunks.map((at) => record.readUInt32LE(at)).find((table) => table !== 0) ?? 0;
    const library = image.reader.text(image.offsetOf(name, 'import name'), 'import name');
    found.push({ library, names: readThunks(image, thunks, budget) });
  }
  throw new MalformedBinary('its import directory does not end');
}

function readThunks(image: PeImage, address: number, budget: { thunks: number }): string[] {
  const width = image.bits / 8;
  const start = image.offsetOf(address, 'import table');
  const names: string[] = [];
  for (let index = 0; budget.thunks > 0; index++, budget.thunks--) {
    const record = image.reader.bytes(start + index * width, width, 'import table');
    const value = width === 8 ? u64(record, 0) : record.readUInt32LE(0);
    if (value === 0) return names;
    if (value < 2 ** 31) names.push(image.reader.text(image.offsetOf(value + 2, 'import name'), 'import name'));
  }
  throw new MalformedBinary('its import tables do not end');
}
