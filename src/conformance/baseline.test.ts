import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { readBaseline } from './baseline.ts';

const ids = new Set(['infer/stride']);

async function read(value: unknown) {
  const path = join(await scratchFolder(), 'conformance.baseline.json');
  await writeFile(path, JSON.stringify(value));
  return await readBaseline(path, ids);
}

test('a baseline is a list of problems with reasons', async () => {
  const entry = { id: 'infer/stride', match: 'padding', reason: 'packed rows only', expires: '2027-01-31' };
  expect(await read([entry])).toEqual([entry]);
});

test.each([
  [{}, 'it is no array'],
  [[null], '[0] is no object'],
  [[{ id: 'infer/stride', match: 'x' }], '[0] needs a text as reason'],
  [[{ id: 'infer/stride', match: 'x', reason: '  ' }], '[0] needs a text as reason'],
  [[{ id: 'infer/strid', match: 'x', reason: 'y' }], '[0] names no check: infer/strid'],
  [[{ id: 'infer/stride', match: 'x', reason: 'y', expires: 'soon' }], '[0] needs a date YYYY-MM-DD as expires'],
  [[{ id: 'infer/stride', match: 'x', reason: 'y', until: '2027-01-31' }], '[0] has an unknown field until'],
])('%j is refused: %s', async (value, said) => {
  await expect(read(value)).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining(said) });
});
