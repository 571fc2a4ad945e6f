import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { signPackage } from '../../src/signing/sign.ts';
import { scratchFolder } from '../scratch.ts';
import { expectNoLooseByte, newEdKey, publicOf, writeUnsigned } from '../signed-package.ts';

test('no byte of a signed package can be changed without notice: every single one', async () => {
  const folder = await scratchFolder();
  const key = newEdKey();
  const path = await writeUnsigned(join(folder, 'a.mvapp'));
  await signPackage(path, { key });
  await expectNoLooseByte(folder, await readFile(path), { publicKey: publicOf(key) }, 1);
});
