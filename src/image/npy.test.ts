import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { venvPython } from '../../test/tools.ts';
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
  ['doubles', Buffer.from(encodeNpy(map).toString('latin1').replace('<f4', '<f8'), 'latin1'), 'is not little-endian float32 but <f8'],
  ['Fortran order', Buffer.from(encodeNpy(map).toString('latin1').replace('False', 'True '), 'latin1'), 'is in Fortran order'],
  [
    'one dimension',
    Buffer.from(encodeNpy(map).toString('latin1').replace('(2, 3)', '(6,)  '), 'latin1'),
    'does not have two dimensions: (6,)',
  ],
  ['format version 4', Buffer.from(encodeNpy(map).map((byte, at) => (at === 6 ? 4 : byte))), 'has format version 4'],
])('%s is refused by name', async (_title, bytes, rule) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining(rule) });
});

test('a missing file is named', async () => {
  await expect(readNpy(join(await scratchFolder(), 'none.npy'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

const python = venvPython();

test.skipIf(!python)('numpy reads what is written, and what numpy writes in every format version is read', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'ours.npy'), encodeNpy(map));
  const script = `
import numpy as np, sys
ours = np.load(sys.argv[1] + '/ours.npy', allow_pickle=False)
assert ours.dtype == np.dtype('<f4') and ours.shape == (2, 3) and ours.flags['C_CONTIGUOUS'], (ours.dtype, ours.shape)
assert np.array_equal(ours, np.array([[0, .5, 1], [-1, 1e-8, np.nan]], '<f4'), equal_nan=True), ours
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f'{sys.argv[1]}/v{version[0]}.npy', 'wb') as file:
        np.lib.format.write_array(file, ours, version=version)
np.save(sys.argv[1] + '/fortran.npy', np.asfortranarray(ours))
np.save(sys.argv[1] + '/double.npy', ours.astype('f8'))
np.save(sys.argv[1] + '/big.npy', ours.astype('>f4'))
np.save(sys.argv[1] + '/line.npy', ours.ravel())
`;
  await promisify(execFile)(python ?? '', ['-c', script, folder]);
  for (const version of [1, 2, 3]) expect(await readNpy(join(folder, `v${version}.npy`))).toEqual(map);
  await expect(readNpy(join(folder, 'fortran.npy'))).rejects.toThrow(/Fortran order/);
  await expect(readNpy(join(folder, 'double.npy'))).rejects.toThrow(/but <f8/);
  await expect(readNpy(join(folder, 'big.npy'))).rejects.toThrow(/but >f4/);
  await expect(readNpy(join(folder, 'line.npy'))).rejects.toThrow(/two dimensions: \(6,\)/);
});
