import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { newEdKey, packagedManifest, publicOf, writeUnsigned } from '../../test/signed-package.ts';
import { hostPlatform } from '../core/platform.ts';
import { draftText, draftTrust } from './draft-trust.ts';
import { importTrust } from './effective-trust.ts';
import { makePin } from './pin.ts';
import { requireTrusted } from './require-trusted.ts';
import { makeRootKey } from './root-role.ts';
import { signPackage } from './sign.ts';
import { addTrustSignature } from './sign-trust.ts';
import { parseSignedTrust, signedTrustText } from './signed-trust.ts';
import { unpackTrusted } from './unpack-trusted.ts';

test('a package is loaded after the organisation’s trust file has expired, and is not installed', async () => {
  const folder = await scratchFolder();
  const [root, author] = [newEdKey(), newEdKey()];
  const expires = new Date('2026-01-01T00:00:00Z');
  const own = { pins: [makePin(publicOf(author), ['com.acme.*'])], revoked: [] };
  const draft = draftTrust({ name: 'Acme', roots: [makeRootKey(publicOf(root))], expires, own });
  const signed = await addTrustSignature(parseSignedTrust(draftText(draft), 'draft'), { key: root });
  await writeFile(join(folder, 'trust.json'), signedTrustText(signed));
  const home = join(folder, 'home');
  await importTrust(home, join(folder, 'trust.json'), {
    at: new Date('2025-12-31T00:00:00Z'),
    knownRoots: draft.root.keys.map(({ keyId }) => keyId),
  });

  const manifest = { ...packagedManifest, plugin: { ...packagedManifest.plugin, binaries: { [hostPlatform()]: 'bin/linux/plugin.so' } } };
  const path = await writeUnsigned(join(folder, 'cap.mvapp'), { 'manifest.json': Buffer.from(JSON.stringify(manifest)) });
  await signPackage(path, { key: author });
  const io = { env: { MVAS_HOME: home }, signal: new AbortController().signal };
  await expect(requireTrusted(path, { io })).rejects.toMatchObject({
    code: 'POLICY_REFUSED',
    message: expect.stringContaining('expired on 2026-01-01T00:00:00Z'),
    hint: expect.stringContaining('mvas trust import'),
  });
  await using unpacked = await unpackTrusted(path, { io });
  expect(await readFile(join(unpacked.root, 'models/m.onnx'), 'utf8')).toBe('weights');
});
