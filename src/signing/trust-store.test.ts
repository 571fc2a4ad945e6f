import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { newEdKey, publicOf } from '../../test/signed-package.ts';
import { changeLocalTrust } from './change-trust.ts';
import { mvasHome } from './mvas-home.ts';
import { covers, isNamespace, namespaceOf } from './namespace.ts';
import { makePin } from './pin.ts';
import { noTrust, readLocalTrust, trustPath, withoutRevocation, withPin, withRevocation, writeLocalTrust } from './trust-store.ts';

const key = publicOf(newEdKey());

test('pins are kept, for the owner only, and nobody is trusted before', async () => {
  const home = await scratchFolder();
  expect(await readLocalTrust(home)).toEqual(noTrust);
  const pin = makePin(key, ['com.acme.*'], undefined, 'Acme');
  const trust = withRevocation({ pins: [pin], revoked: [] }, { kind: 'key', keyId: pin.keyId, reason: 'lost' });
  await writeLocalTrust(home, trust);
  expect(await readLocalTrust(home)).toEqual(trust);
  if (process.platform !== 'win32') expect((await stat(trustPath(home))).mode & 0o777).toBe(0o600);
});

test('of many changes at once none is lost, and one that is refused changes nothing', async () => {
  const home = await scratchFolder();
  const namespaces = Array.from({ length: 12 }, (_, index) => `com.acme.line${index + 10}`);
  const changes = namespaces.map((namespace) => changeLocalTrust(home, (trust) => withPin(trust, makePin(key, [namespace]))));
  const refused = changeLocalTrust(home, () => {
    throw new Error('no');
  });
  await expect(refused).rejects.toThrow('no');
  await Promise.all(changes);
  expect((await readLocalTrust(home)).pins).toMatchObject([{ namespaces }]);
  expect(await readdir(home)).toEqual(['trust.local.json']);
});

test('a key that is pinned again gains namespaces and loses none', () => {
  const { pins } = withPin(withPin(noTrust, makePin(key, ['com.b'])), makePin(key, ['com.a.*']));
  expect(pins).toMatchObject([{ namespaces: ['com.a.*', 'com.b'] }]);
});

test.each<[string, (text: string) => string]>([
  ['is no JSON', () => '{'],
  ['has a member twice', (text) => text.replace('"formatVersion"', '"formatVersion": 1, "formatVersion"')],
  ['is of the future', (text) => text.replace('"formatVersion": 1', '"formatVersion": 2')],
  ['has an unknown member', (text) => text.replace('"kind"', '"level": 3, "kind"')],
  ['names another key id', (text) => text.replace(/"keyId": "./, '"keyId": "g')],
  ['has a key id that is not that of the key', (text) => text.replace(/"keyId": "[0-9a-f]{64}"/, `"keyId": "${'0'.repeat(64)}"`)],
  ['has a broken key', (text) => text.replace(/"publicKey": "..../, '"publicKey": "AAAA')],
  ['revokes nothing that can be told', (text) => text.replace('"serial": "0A"', '"serial": "0a"')],
  ['revokes by an unknown kind', (text) => text.replace('"kind": "certificate"', '"kind": "vendor"')],
  ['calls a bare key an authority', (text) => text.replace('"kind": "key"', '"kind": "ca"')],
])('a trust file that %s is refused by name instead of being guessed at', async (_title, spoil) => {
  const home = await scratchFolder();
  await writeLocalTrust(home, {
    pins: [makePin(key, ['com.acme.*'])],
    revoked: [{ kind: 'certificate', issuer: 'CN=Acme', serial: '0A' }],
  });
  await writeFile(trustPath(home), spoil(await readFile(trustPath(home), 'utf8')));
  await expect(readLocalTrust(home)).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining(trustPath(home)) });
});

test('what is revoked twice is listed once with the last reason, and can be taken back', () => {
  const lost = { kind: 'key', keyId: '0'.repeat(64), reason: 'lost' } as const;
  const { revoked } = withRevocation(withRevocation(noTrust, lost), { ...lost, reason: 'stolen' });
  expect(revoked).toEqual([{ ...lost, reason: 'stolen' }]);
  expect(withoutRevocation({ pins: [], revoked }, { kind: 'key', keyId: lost.keyId })).toEqual(noTrust);
});

test('a namespace covers what lies below it, and never its neighbours', () => {
  expect(covers('com.acme.*', 'com.acme.cap')).toBe(true);
  expect(covers('com.acme.*', 'com.acme.line.cap')).toBe(true);
  expect(covers('*', 'com.acme')).toBe(true);
  for (const id of ['com.acme', 'com.acmex.cap', 'com.acme2.cap', 'org.com.acme.cap']) expect(covers('com.acme.*', id), id).toBe(false);
  expect(covers('com.acme', 'com.acme.cap')).toBe(true);
  expect(covers('com.acme', 'com.acmex')).toBe(false);
  expect(namespaceOf('com.acme.cap')).toBe('com.acme.*');
  expect(namespaceOf('cap')).toBe('cap');
  for (const text of ['', 'com.*.cap', 'com.acme.**', 'Com.acme', 'com.acme*', '.*']) expect(isNamespace(text), text).toBe(false);
});

test('MVAS_HOME wins over the data folder of the user', () => {
  expect(mvasHome({ MVAS_HOME: '/somewhere' })).toBe('/somewhere');
  expect(mvasHome({ MVAS_HOME: '', XDG_DATA_HOME: '/data', LOCALAPPDATA: '/data' })).toMatch(/mvas$/);
});

test('a home that is no folder is refused with what MVAS_HOME must name', async () => {
  const home = join(await scratchFolder(), 'file');
  await writeFile(home, '');
  const refused = { code: 'FILE_INVALID', hint: expect.stringContaining('MVAS_HOME') };
  if (process.platform !== 'win32') await expect(readLocalTrust(home)).rejects.toMatchObject(refused);
  await mkdir(join(home, '..', 'home', 'trust.local.json'), { recursive: true });
  await expect(readLocalTrust(join(home, '..', 'home'))).rejects.toMatchObject(refused);
});
