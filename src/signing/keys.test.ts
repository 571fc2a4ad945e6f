import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { keyId, readPrivateKey } from './keys.ts';

test('a key that is encrypted opens with its passphrase; another one, or none, is told by the variable to set', async () => {
  const path = join(await scratchFolder(), 'release.key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }));
  expect(keyId(await readPrivateKey(path, 'right'))).toBe(keyId(privateKey));
  await expect(readPrivateKey(path, 'wrong')).rejects.toMatchObject({
    code: 'KEY_INVALID',
    message: `${path} cannot be opened with that passphrase`,
    hint: expect.stringContaining('MVAS_KEY_PASSPHRASE'),
  });
  await expect(readPrivateKey(path)).rejects.toMatchObject({ code: 'KEY_INVALID', hint: 'set MVAS_KEY_PASSPHRASE' });
});

test('a file that holds no key is refused by its name', async () => {
  const path = join(await scratchFolder(), 'release.key.pem');
  await writeFile(path, 'nothing');
  await expect(readPrivateKey(path)).rejects.toMatchObject({
    message: `${path} holds no private key in PEM`,
    hint: expect.stringContaining('mvas keygen'),
  });
});
