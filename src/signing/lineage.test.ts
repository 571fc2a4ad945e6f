import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { newEdKey, newRsaKey, publicOf, writeUnsigned } from '../../test/signed-package.ts';
import { signPayload } from './envelope.ts';
import { keyId, spkiOf } from './keys.ts';
import { type LineageLink, makeLink, parseLineage, parseLineageFile } from './lineage.ts';
import { makePin } from './pin.ts';
import { signPackage } from './sign.ts';
import { verifyPackage } from './verify.ts';

const [first, second, third] = [newEdKey(), newEdKey(), newEdKey()];
const link = await makeLink({ key: first }, publicOf(second));
const payload = Buffer.from(link.payload, 'base64').toString();

function withPayload(text: string, key = first): LineageLink {
  const bytes = Buffer.from(text);
  const sig = signPayload(bytes, key, 'application/vnd.mvas.lineage+json').toString('base64');
  return { ...link, payload: bytes.toString('base64'), signatures: [{ keyid: keyId(key), sig }] };
}

test('a link proves that the old key vouches for the new one', () => {
  expect(parseLineage([link])).toEqual([{ from: keyId(first), to: keyId(second) }]);
  expect(parseLineage([withPayload(payload)])).toEqual(parseLineage([link]));
});

const weak = newRsaKey(2048);

test.each<[string, LineageLink]>([
  ['is signed by the new key', withPayload(payload, second)],
  [
    'is signed by the new key under the name of the old',
    {
      ...link,
      signatures: withPayload(payload, second).signatures.map((one) => ({ ...one, keyid: keyId(first) })),
    },
  ],
  ['was changed', { ...link, payload: Buffer.from(payload.replace('"from":"MCow', '"from":"MCoW')).toString('base64') }],
  ['says a thing twice', withPayload(payload.replace('"formatVersion":1', '"formatVersion":1,"formatVersion":1'))],
  ['says more', withPayload(payload.replace('{', '{"more":1,'))],
  ['is of the future', withPayload(payload.replace('"formatVersion":1', '"formatVersion":2'))],
  ['names a key that is none', withPayload(payload.replace(/"to":"[^"]+"/, '"to":"AAAA"'))],
  ['is in base64 without padding', { ...link, payload: `${link.payload}A` }],
  ['leads to a weak key', withPayload(payload.replace(/"to":"[^"]+"/, `"to":"${spkiOf(weak).toString('base64')}"`))],
])('a link that %s is refused', (_title, broken) => {
  expect(() => parseLineage([broken])).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  expect(() => parseLineageFile(JSON.stringify([broken]), 'x.lineage.json')).toThrow(
    expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
  );
});

test('no key vouches for a weak one, nor for itself', async () => {
  for (const key of [weak, first]) await expect(makeLink({ key: first }, publicOf(key))).rejects.toMatchObject({ code: 'KEY_INVALID' });
});

test('a file that holds no lineage is refused by name', () => {
  for (const text of ['', '{}', '[]', '[1]', JSON.stringify([{ ...link, payloadType: 'text/plain' }])])
    expect(() => parseLineageFile(text, 'x.lineage.json'), text).toThrow(/^x\.lineage\.json/);
  expect(parseLineageFile(JSON.stringify([link]), 'x.lineage.json')).toEqual([link]);
});

describe('a package', () => {
  const trust = { pins: [first, second, third].map((key) => makePin(publicOf(key), ['com.acme.*'])), revoked: [] };
  const installed = { id: 'com.acme.cap', version: '1.2.3', signers: [keyId(first)] };

  test('of a new key replaces one of the old key with a lineage only', async () => {
    const path = await writeUnsigned(join(await scratchFolder(), 'a.mvapp'));
    await signPackage(path, { key: second });
    expect(await verifyPackage(path, { trust })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(path, { trust, installed })).toMatchObject({ exit: 17, code: 'POLICY_REFUSED' });
    await signPackage(path, { key: second, lineage: [link] });
    expect(await verifyPackage(path, { trust, installed })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(path, { trust: { ...trust, pins: trust.pins.slice(0, 1) }, installed })).toMatchObject({ exit: 14 });
  });

  test('keeps its lineage when another signs it too, and nobody adds one to what others signed', async () => {
    const path = await writeUnsigned(join(await scratchFolder(), 'a.mvapp'));
    await signPackage(path, { key: second, lineage: [link] });
    expect(await signPackage(path, { key: third })).toMatchObject({ signatures: 2 });
    expect(await verifyPackage(path, { trust, installed })).toMatchObject({ exit: 0 });
    const late = await makeLink({ key: second }, publicOf(third));
    await expect(signPackage(path, { key: third, lineage: [link, late] })).rejects.toMatchObject({ code: 'FLAG_INVALID' });
  });

  test('with a lineage that proves nothing is invalid', async () => {
    const path = await writeUnsigned(join(await scratchFolder(), 'a.mvapp'));
    await signPackage(path, { key: second, lineage: [{ ...link, signatures: [{ keyid: keyId(first), sig: 'AAAA' }] }] });
    expect(await verifyPackage(path, { trust })).toMatchObject({ exit: 13, code: 'SIGNATURE_INVALID' });
  });
});
