// Anomaly maps as .npy files: float32, C order, two dimensions; numpy.load reads them.
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import type { HeatMap } from './heat-map.ts';

const magic = Buffer.from('\x93NUMPY', 'latin1');

/** The bytes of a .npy file, version 1.0. */
export function encodeNpy({ width, height, data }: HeatMap): Buffer {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  const headerLength = Math.ceil((magic.length + 4 + text.length + 1) / 64) * 64 - magic.length - 4;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(headerLength);
  const values = Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  if (endianness() === 'BE') values.swap32();
  return Buffer.concat([magic, Buffer.from([1, 0]), length, Buffer.from(`${text.padEnd(headerLength - 1)}\n`, 'latin1'), values]);
}

/**
 * Reads a .npy file of little-endian float32 in C order with two dimensions.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID`.
 */
export async function readNpy(path: string): Promise<HeatMap> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw readError(path, cause, 'record the references again');
  });
  const version = bytes[6] ?? 0;
  const start = version === 1 ? 10 : 12;
  if (!bytes.subarray(0, 6).equals(magic) || bytes.length < start) throw invalid(path, 'is no .npy file');
  if (version < 1 || version > 3) throw invalid(path, `has format version ${version}; 1, 2 and 3 are known`);
  const end = start + (version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  const header = bytes.subarray(start, end).toString('latin1');
  const type = /'descr': *'([^']*)'/.exec(header)?.[1];
  if (type !== '<f4') throw invalid(path, `is not little-endian float32 but ${type ?? 'of mixed types'}: save array.astype('<f4')`);
  if (!/'fortran_order': *False/.test(header)) throw invalid(path, 'is in Fortran order: save numpy.ascontiguousarray(array)');
  const shape = /'shape': *\((\d+), *(\d+),? *\)/.exec(header);
  if (shape === null) throw invalid(path, `does not have two dimensions: ${/'shape': *(\([^)]*\))/.exec(header)?.[1] ?? 'no shape'}`);
  const [height, width] = [Number(shape[1]), Number(shape[2])];
  if (bytes.length - end !== width * height * 4)
    throw invalid(path, `holds ${bytes.length - end} bytes of values, not ${width * height * 4}`);
  const values = Buffer.copyBytesFrom(bytes, end); // aligned, and of its own
  if (endianness() === 'BE') values.swap32();
  return { width, height, data: new Float32Array(values.buffer, values.byteOffset, width * height) };
}

function invalid(path: string, rule: string): KitError {
  return new KitError('FILE_INVALID', `${path} ${rule}`, { hint: 'record the reference again' });
}
