import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { archiveBytes } from '../../test/hostile-archives.ts';
import { seededRandom } from '../../test/random.ts';
import { newEdKey, packagedFiles, publicOf, rsaKey, writeUnsigned } from '../../test/signed-package.ts';
import { readArchive } from '../package/archive.ts';
import { parseCertificate } from './certificates.ts';
import { derBytes, derElement, derElements, derTag } from './der.ts';
import { type Envelope, makeEnvelope, parseEnvelope, signPayload } from './envelope.ts';
import { issueCertificate } from './issue-certificate.ts';
import { makePin } from './pin.ts';
import { signPackage } from './sign.ts';
import { parseStatement } from './statement.ts';
import { type Verification, type VerifyOptions, verifyPackage } from './verify.ts';

const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
afterAll(() => rm(folder, { recursive: true }));
vi.setConfig({ testTimeout: 30_000 });

const certificate = await issueCertificate(rsaKey, { commonName: 'Acme', from: new Date('2026-01-01'), days: 365, use: 'signer' });
const pin = makePin(publicOf(rsaKey), ['com.acme.*'], certificate);
const options: VerifyOptions = { trust: { pins: [pin], revoked: [] }, at: new Date('2026-06-01') };
const { path } = await signPackage(await writeUnsigned(join(folder, 'a.mvapp')), { key: rsaKey, certificates: [certificate] });
const envelope = await envelopeOf(path);

async function envelopeOf(package_: string): Promise<Envelope> {
  await using archive = await readArchive(package_);
  const [entry] = archive.entries;
  if (entry?.name !== 'signature.json') throw new Error('it is signed');
  return parseEnvelope((await archive.read(entry, 1e6)).toString());
}

/** Verifies the package with another signature file, whose checksums are right. */
async function verifyWith(signature: string | Buffer): Promise<Verification> {
  const { 'manifest.json': manifest = Buffer.alloc(0), ...others } = packagedFiles;
  const files = [['signature.json', Buffer.from(signature)], ['manifest.json', manifest], ...Object.entries(others)] as const;
  const changed = join(folder, 'changed.mvapp');
  await writeFile(changed, archiveBytes({ entries: files.map(([name, data]) => ({ name, data })) }));
  return await verifyPackage(changed, options);
}

/** The envelope with another certificate, of which the signature says that it is the one of its key. */
function withCertificate(der: Buffer, keyid: string): string {
  const signatures = envelope.signatures.map((signature) => ({ ...signature, keyid, certificates: [der.toString('base64')] }));
  return JSON.stringify({ ...envelope, signatures });
}

/** The signer's certificate for another key; nobody signed it. */
function certificateFor(spki: Buffer): Buffer {
  const [toBeSigned, ...rest] = derElements(derElement(certificate.x509.raw, derTag.sequence).content);
  const fields = derElements(toBeSigned?.content ?? Buffer.alloc(0)).map(({ bytes }, index) => (index === 6 ? spki : bytes));
  return derBytes(derTag.sequence, derBytes(derTag.sequence, ...fields), ...rest.map(({ bytes }) => bytes));
}

const kinds: Readonly<Record<string, () => { publicKey: KeyObject }>> = {
  x25519: () => generateKeyPairSync('x25519'),
  x448: () => generateKeyPairSync('x448'),
  ed448: () => generateKeyPairSync('ed448'),
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pss': () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
};

test.each(Object.keys(kinds))('a certificate with a key of type %s is no signer, whatever it says', async (kind) => {
  const spki = kinds[kind]?.().publicKey.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
  const verification = await verifyWith(withCertificate(certificateFor(spki), createHash('sha256').update(spki).digest('hex')));
  expect(verification).toMatchObject({ exit: 13, code: 'SIGNATURE_INVALID', signers: [{ valid: false, trusted: false }] });
});

test('a certificate with a key that nobody knows is no signer', async () => {
  const algorithm = derBytes(derTag.sequence, derBytes(derTag.oid, Buffer.from('2a030405', 'hex')));
  const spki = derBytes(derTag.sequence, algorithm, derBytes(derTag.bitString, Buffer.alloc(33)));
  const verification = await verifyWith(withCertificate(certificateFor(spki), 'ab'.repeat(32)));
  expect(verification).toMatchObject({ exit: 13, signers: [{ valid: false, trusted: false }] });
});

test('any bytes in place of the signature file or what it holds are judged, and never end the verification', async () => {
  const random = seededRandom(20261121);
  const mutated = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    for (let count = 1 + random(3); count > 0; count--) {
      const at = random(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 + random(255));
    }
    return random(4) === 0 ? copy.subarray(0, random(copy.length)) : copy;
  };
  const base64 = (text: string): string => mutated(Buffer.from(text, 'base64')).toString('base64');
  const [signature] = envelope.signatures;
  if (signature === undefined) throw new Error('it is signed');
  const ways: (() => string | Buffer)[] = [
    () => mutated(Buffer.from(JSON.stringify(envelope))),
    () => JSON.stringify({ ...envelope, payload: base64(envelope.payload) }),
    () => JSON.stringify({ ...envelope, signatures: [{ ...signature, sig: base64(signature.sig) }] }),
    () => JSON.stringify({ ...envelope, signatures: [{ ...signature, certificates: (signature.certificates ?? []).map(base64) }] }),
  ];
  for (let round = 0; round < 240; round++) {
    const changed = ways[round % ways.length]?.() ?? '';
    const { exit } = await verifyWith(changed);
    expect(exit >= 12 && exit <= 17, `${exit} for ${changed.toString()}`).toBe(true);
  }
});

test('an earlier signature that says something else of the package than its manifest does is not joined by another', async () => {
  const other = join(folder, 'other.mvapp');
  const statement = parseStatement(Buffer.from(envelope.payload, 'base64'));
  const payload = Buffer.from(JSON.stringify({ ...statement, predicate: { ...statement.predicate, id: 'com.acme.other' } }));
  const signature = { keyid: pin.keyId, sig: signPayload(payload, rsaKey).toString('base64') };
  expect(await verifyWith(JSON.stringify(makeEnvelope(payload, [signature])))).toMatchObject({ exit: 13 });
  await rename(join(folder, 'changed.mvapp'), other);
  await expect(signPackage(other, { key: newEdKey() })).rejects.toMatchObject({
    code: 'CONTENT_DIFFERS',
    message: expect.stringContaining('whose id is not that of the manifest'),
    hint: 'pack again, then sign',
  });
});

test.each([
  ['behind a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(envelope))])],
  ['with a byte that is no UTF-8', Buffer.from(`{"\u00ff": 1, ${JSON.stringify(envelope).slice(1)}`, 'latin1')],
  ['that nests a million deep', `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
  ['with a certificate of a megabyte', withCertificate(Buffer.alloc(1024 * 1024, 0x30), pin.keyId)],
])('a signature file %s is not valid', async (_title, signature) => {
  expect(await verifyWith(signature)).toMatchObject({ exit: 13 });
});

test('a certificate whose dates are none is not valid, rather than valid for ever', () => {
  const der = certificate.x509.raw;
  const at = der.indexOf('270101000000Z');
  const broken = Buffer.concat([der.subarray(0, at), Buffer.from('271301000000Z'), der.subarray(at + 13)]);
  expect(at).toBeGreaterThan(0);
  expect(() => parseCertificate(broken)).toThrow();
});
