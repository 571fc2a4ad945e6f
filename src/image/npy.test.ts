import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { encodeNpy, readNpy } from './npy.ts';

const map = { width: 3, height: 2, data: Float32Array.from([0, 0.5, 1, -1, 1e-8, Number.NaN]) };

async function read(bytes: Uint8Array) {
  const path = join(await scratchFolder(), 'map.npy');
  await writeFile(path, bytes);
  return await readNpy(path);
}

test('a map comes back as it was written', async () => {
  expect(await read(encodeNpy(map))).toEqual(map);
});

test('the header is laid out as numpy writes it', () => {
  const bytes = encodeNpy(map);
  expect(bytes.subarray(0, 10).toString('hex')).toBe('934e554d5059010076' + '00');
  expect(bytes.subarray(10, 128).toString('latin1')).toBe(`${"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117)}\n`);
  expect(bytes.length).toBe(128 + 24);
  expect(bytes.readFloatLE(128 + 4)).toBe(0.5);
});

test.each([
  ['a text', Buffer.from('hello'), 'is no .npy file'],
  ['nothing', Buffer.alloc(0), 'is no .npy file'],
  ['too few values', encodeNpy(map).subarray(0, 140), 'holds 12 bytes of values, not 24'],
  ['doubles', Buffer.from(encodeNpy(map).toString('latin1').replace('<f4', '<f8'), 'latin1'), 'is not little-endian float32'],
  ['Fortran order', Buffer.from(encodeNpy(map).toString('latin1').replace('False', 'True '), 'latin1'), 'is not little-endian float32'],
  ['one dimension', Buffer.from(encodeNpy(map).toString('latin1').replace('(2, 3)', '(6,)  '), 'latin1'), 'is not little-endian float32'],
])('%s is refused by name', async (_title, bytes, rule) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining(rule) });
});

test('a missing file is named', async () => {
  await expect(readNpy(join(await scratchFolder(), 'none.npy'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
