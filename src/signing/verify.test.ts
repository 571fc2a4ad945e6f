import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { archiveBytes, type RawEntry } from '../../test/hostile-archives.ts';
import {
  exitOfBytes,
  expectNoLooseByte,
  newEdKey,
  newRsaKey,
  packagedFiles,
  packagedManifest,
  publicOf,
  rsaKey,
  writeUnsigned,
} from '../../test/signed-package.ts';
import { readArchive } from '../package/archive.ts';
import type { Certificate } from './certificates.ts';
import { makeEnvelope, signPayload } from './envelope.ts';
import { issueCertificate } from './issue-certificate.ts';
import { keyId } from './keys.ts';
import { makePin, type Pin, pinnedCertificate } from './pin.ts';
import { verificationError } from './require-trusted.ts';
import { type Revocation, revocationOf } from './revocation.ts';
import { signPackage } from './sign.ts';
import { makeStatement } from './statement.ts';
import { noTrust } from './trust-store.ts';
import { type VerifyOptions, verifyPackage } from './verify.ts';

const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
afterAll(() => rm(folder, { recursive: true }));

vi.setConfig({ testTimeout: 30_000 });

const from = new Date('2026-01-01T00:00:00Z');
const at = new Date('2026-06-01T00:00:00Z');
const certificate = await issueCertificate(rsaKey, { commonName: 'Acme', from, days: 365, use: 'signer' });
const pin = makePin(publicOf(rsaKey), ['com.acme.*'], certificate);
const trusted: VerifyOptions = { trust: { pins: [pin], revoked: [] }, at };

const path = join(folder, 'a.mvapp');
const signed = await signPackage(await writeUnsigned(path), { key: rsaKey, certificates: [certificate] });
const original = await readFile(path);

function exitOf(bytes: Buffer, options: VerifyOptions = trusted): Promise<number> {
  return exitOfBytes(folder, bytes, options);
}

function certificateOf(pinned: Pin): Certificate {
  const found = pinnedCertificate(pinned);
  if (found === undefined) throw new Error('the pin has a certificate');
  return found;
}

/** The entries of the signed package, to put together again in another way. */
async function entries(): Promise<RawEntry[]> {
  await using archive = await readArchive(path);
  return Promise.all(archive.entries.map(async (entry) => ({ name: entry.name, data: await archive.read(entry, 1e6) })));
}

describe('a signed package', () => {
  test('is trusted when its signer is pinned for its namespace, and every stage says so', async () => {
    const verification = await verifyPackage(path, trusted);
    expect(verification).toMatchObject({ ok: true, exit: 0, code: null, id: 'com.acme.cap', contentDigest: signed.contentDigest });
    expect(verification.stages.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'passed'));
    expect(verification.signers).toEqual([
      { keyId: keyId(rsaKey), subject: 'CN=Acme', valid: true, trusted: true, pins: [keyId(rsaKey)], findings: [] },
    ]);
  });

  test('signed twice with the same key has the same bytes', async () => {
    const again = await writeUnsigned(join(folder, 'again.mvapp'));
    await signPackage(again, { key: rsaKey, certificates: [certificate] });
    expect((await readFile(again)).equals(original)).toBe(true);
    await signPackage(again, { key: rsaKey, certificates: [certificate] });
    expect((await readFile(again)).equals(original)).toBe(true);
  });

  test('put together again byte by byte is still trusted, so the changes below are what is noticed', async () => {
    expect(await exitOf(archiveBytes({ entries: await entries() }))).toBe(0);
  });

  test('has no byte that can be changed without notice', { timeout: 60_000 }, async () => {
    await expectNoLooseByte(folder, original, trusted, 17);
  });

  test.each([
    ['removed', (all: RawEntry[]) => all.filter(({ name }) => name !== 'models/m.onnx'), 'models/m.onnx is missing'],
    ['added', (all: RawEntry[]) => [...all, { name: 'models/n.onnx', data: Buffer.from('x') }], 'models/n.onnx was added after signing'],
    [
      'renamed',
      (all: RawEntry[]) => all.map((entry) => ({ ...entry, name: entry.name.replace('m.onnx', 'n.onnx') })),
      'models/m.onnx is missing',
    ],
    ['resized', (all: RawEntry[]) => withData(all, 'models/m.onnx', 'heavier weights'), 'models/m.onnx has 15 bytes, 7 were signed'],
  ])('with a file %s has other content, and the file is named', async (_title, change, message) => {
    await writeFile(join(folder, 'b.mvapp'), archiveBytes({ entries: change(await entries()) }));
    const verification = await verifyPackage(join(folder, 'b.mvapp'), trusted);
    expect(verification).toMatchObject({ exit: 12, code: 'CONTENT_DIFFERS' });
    expect(verification.stages.flatMap(({ findings }) => findings.map((finding) => finding.message))).toContain(message);
  });

  test('with the same size and a right checksum but another byte, or two files swapped, has other content', async () => {
    expect(await exitOf(archiveBytes({ entries: withData(await entries(), 'models/m.onnx', 'Weights') }))).toBe(12);
    const all = await entries();
    const data = (name: string) => all.find((entry) => entry.name === name)?.data.toString('latin1') ?? '';
    const swapped = withData(withData(all, 'models/m.onnx', data('bin/linux/plugin.so')), 'bin/linux/plugin.so', data('models/m.onnx'));
    expect(await exitOf(archiveBytes({ entries: swapped }))).toBe(12);
  });

  test('cut off anywhere is malformed', async () => {
    for (const length of [0, 21, 22, 500, original.length - 1]) expect(await exitOf(original.subarray(0, length))).toBe(10);
  });

  test('without its signature is unsigned, which only unsigned packages may be', async () => {
    const bare = (await entries()).slice(1);
    expect(await exitOf(archiveBytes({ entries: bare }))).toBe(11);
    expect(await exitOf(archiveBytes({ entries: bare }), { ...trusted, allowUnsigned: true })).toBe(0);
    const wrong = withData(await entries(), 'signature.json', '{}');
    expect(await exitOf(archiveBytes({ entries: wrong }), { ...trusted, allowUnsigned: true })).toBe(13);
    expect(await exitOf(original, { trust: noTrust, allowUnsigned: true })).toBe(14);
  });

  test('for other platforms than the one asked for is refused by policy', async () => {
    expect(await verifyPackage(path, { ...trusted, platform: 'linux-x64' })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(path, { ...trusted, platform: 'macos-arm64' })).toMatchObject({ exit: 17, code: 'POLICY_REFUSED' });
  });
});

describe('what is revoked', () => {
  test.each<[string, Revocation]>([
    ['the key', { kind: 'key', keyId: keyId(rsaKey) }],
    ['the certificate', revocationOf(certificateOf(pin))],
    ['the package', { kind: 'package', contentDigest: signed.contentDigest }],
  ])('is refused with 16, even unsigned packages being allowed: %s', async (_title, revocation) => {
    const trust = { pins: [pin], revoked: [revocation] };
    expect(await verifyPackage(path, { trust, at, allowUnsigned: true })).toMatchObject({ exit: 16, code: 'REVOKED' });
    expect(await verifyPackage(path, { trust: { ...trust, pins: [] }, at })).toMatchObject({ ok: false });
  });
});

describe('the signer', () => {
  test('is not trusted without a pin, with a pin of another key, or for another namespace', async () => {
    expect(await verifyPackage(path, { at })).toMatchObject({ exit: 14 });
    expect(await verifyPackage(path, { trust: { pins: [makePin(publicOf(newEdKey()), ['*'])], revoked: [] }, at })).toMatchObject({
      exit: 14,
    });
    expect(
      await verifyPackage(path, {
        trust: { pins: [{ ...pin, namespaces: ['com.acm', 'com.acme.cap.*', 'com.acme2.*'] }], revoked: [] },
        at,
      }),
    ).toMatchObject({
      exit: 14,
    });
    expect(await verifyPackage(path, { trust: { pins: [{ ...pin, namespaces: ['com.acme.cap'] }], revoked: [] }, at })).toMatchObject({
      exit: 0,
    });
  });

  test('with a certificate that is expired, or not valid yet, is refused as such', async () => {
    expect(await verifyPackage(path, { ...trusted, at: new Date('2027-06-01') })).toMatchObject({ exit: 15, code: 'CERTIFICATE_EXPIRED' });
    expect(await verifyPackage(path, { ...trusted, at: new Date('2025-06-01') })).toMatchObject({ exit: 15 });
  });

  test('cannot get around the expiry by leaving the certificate out, or by a new one of its own', async () => {
    const bare = await writeUnsigned(join(folder, 'bare.mvapp'));
    await signPackage(bare, { key: rsaKey });
    expect(await verifyPackage(bare, trusted)).toMatchObject({ exit: 0 });
    expect(await verifyPackage(bare, { ...trusted, at: new Date('2027-06-01') })).toMatchObject({ exit: 15 });
    const longer = await issueCertificate(rsaKey, { commonName: 'Acme', from, days: 3650, use: 'signer' });
    const other = await writeUnsigned(join(folder, 'longer.mvapp'));
    await signPackage(other, { key: rsaKey, certificates: [longer] });
    expect(await verifyPackage(other, { ...trusted, at: new Date('2027-06-01') })).toMatchObject({ exit: 15 });
  });

  test('may use Ed25519, and a public key alone is enough to verify', async () => {
    const key = newEdKey();
    const file = await writeUnsigned(join(folder, 'ed.mvapp'));
    await signPackage(file, { key });
    expect(await verifyPackage(file, { publicKey: publicOf(key) })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(file, { publicKey: publicOf(newEdKey()) })).toMatchObject({ exit: 14 });
  });

  test('may be one of several: a second signature keeps the first, and one trusted signer is enough', async () => {
    const factory = newEdKey();
    const file = await writeUnsigned(join(folder, 'two.mvapp'));
    await signPackage(file, { key: rsaKey, certificates: [certificate] });
    expect(await signPackage(file, { key: factory })).toMatchObject({ signatures: 2 });
    expect(await verifyPackage(file, { publicKey: publicOf(factory) })).toMatchObject({ exit: 0 });
    const verification = await verifyPackage(file, trusted);
    expect(verification).toMatchObject({ exit: 0 });
    expect(verification.signers.map((signer) => signer.trusted)).toEqual([true, false]);
  });

  test.each([
    ['RSA with 2048 bits', newRsaKey(2048), 'fewer than 3072'],
    ['RSA with the exponent 3', newRsaKey(3072, 3), 'below 65537'],
  ])('with a weak key is refused, when signing and when verifying: %s', { timeout: 60_000 }, async (_title, key, rule) => {
    await expect(signPackage(path, { key, output: join(folder, 'weak.mvapp') })).rejects.toMatchObject({
      code: 'KEY_INVALID',
      message: expect.stringContaining(rule),
    });
    const weak = await issueCertificate(key, { commonName: 'Weak', from, days: 365, use: 'signer' });
    const bytes = await resigned((payload) => [
      { keyid: keyId(key), sig: signPayload(payload, key).toString('base64'), certificates: [weak.x509.raw.toString('base64')] },
    ]);
    expect(await exitOf(bytes, { trust: { pins: [makePin(publicOf(key), ['*'], weak)], revoked: [] }, at })).toBe(13);
  });
});

describe('a signature', () => {
  const own = (payload: Buffer) => [{ keyid: keyId(rsaKey), sig: signPayload(payload, rsaKey).toString('base64') }];

  test('made by hand like ours is taken, so the changes below are what is noticed', async () => {
    expect(await exitOf(await resigned(own))).toBe(0);
  });

  test('by another key under the name of a trusted one is invalid', async () => {
    const other = newEdKey();
    expect(await exitOf(await resigned((payload) => [{ keyid: keyId(rsaKey), sig: signPayload(payload, other).toString('base64') }]))).toBe(
      13,
    );
    expect(await exitOf(await resigned(() => [{ keyid: keyId(rsaKey), sig: 'AAAA' }]))).toBe(13);
  });

  test.each<[string, (statement: Record<string, Record<string, unknown>>) => unknown]>([
    ['another id than the manifest', (statement) => ({ ...statement, predicate: { ...statement['predicate'], id: 'com.acme.lid' } })],
    ['another version', (statement) => ({ ...statement, predicate: { ...statement['predicate'], version: '9.9.9' } })],
    ['other platforms', (statement) => ({ ...statement, predicate: { ...statement['predicate'], platforms: ['macos-x64'] } })],
    ['another interface', (statement) => ({ ...statement, predicate: { ...statement['predicate'], abi: '1.0' } })],
    ['another content digest', (statement) => ({ ...statement, predicate: { ...statement['predicate'], contentDigest: '0'.repeat(64) } })],
    ['a format of the future', (statement) => ({ ...statement, predicate: { ...statement['predicate'], formatVersion: 2 } })],
    ['an unknown member', (statement) => ({ ...statement, more: 1 })],
    ['another predicate type', (statement) => ({ ...statement, predicateType: 'https://example.com' })],
  ])('over a statement with %s is invalid although the key is right', async (_title, change) => {
    const bytes = await resigned(own, (text) => JSON.stringify(change(JSON.parse(text))));
    expect(await exitOf(bytes)).toBe(13);
  });

  test('over a statement that says a thing twice is invalid', async () => {
    expect(await exitOf(await resigned(own, (text) => text.replace('"abi":"2.0"', '"abi":"2.0","abi":"2.0"')))).toBe(13);
  });

  test.each<[string, (envelope: Record<string, unknown>) => unknown]>([
    ['another payload type', (envelope) => ({ ...envelope, payloadType: 'text/plain' })],
    ['an unknown member', (envelope) => ({ ...envelope, more: 1 })],
    ['no signatures', (envelope) => ({ ...envelope, signatures: [] })],
    ['the same signature twice', (envelope) => ({ ...envelope, signatures: [envelope['signatures'], envelope['signatures']].flat() })],
    ['a payload in base64 without padding', (envelope) => ({ ...envelope, payload: `${envelope['payload']}A` })],
    [
      'an empty certificate list',
      (envelope) => ({ ...envelope, signatures: own(Buffer.alloc(0)).map((one) => ({ ...one, certificates: [] })) }),
    ],
    [
      'a certificate that is none',
      (envelope) => ({ ...envelope, signatures: own(Buffer.alloc(0)).map((one) => ({ ...one, certificates: ['AAAA'] })) }),
    ],
  ])('file with %s is invalid', async (_title, change) => {
    const bytes = await resigned(own, undefined, change);
    expect(await exitOf(bytes)).toBe(13);
  });

  test('that is no JSON, or has a key twice, is invalid', async () => {
    for (const text of ['', '{', '[]', 'null', '{"payload":"","payload":""}']) {
      expect(await exitOf(archiveBytes({ entries: withData(await entries(), 'signature.json', text) })), text).toBe(13);
    }
  });
});

test('a package with an invalid manifest is malformed, whoever signed it', async () => {
  const broken = Buffer.from(JSON.stringify({ ...packagedManifest, app: { id: 'com.acme.cap' } }));
  const file = await writeUnsigned(join(folder, 'broken.mvapp'), { 'manifest.json': broken });
  await expect(signPackage(file, { key: rsaKey })).rejects.toMatchObject({ code: 'CONTAINER_MALFORMED' });
  expect(await verifyPackage(file, { ...trusted, allowUnsigned: true })).toMatchObject({ exit: 10 });
});

test.each([
  ['that has no place in a package', { 'secrets/x.txt': Buffer.from('x') }, 'secrets/x.txt'],
  ['missing that the manifest names', { 'bin/linux/plugin.so': undefined }, 'bin/linux/plugin.so'],
])('a file %s makes a package malformed', async (_title, changes, name) => {
  const file = await writeUnsigned(join(folder, 'odd.mvapp'), changes);
  const verification = await verifyPackage(file, { allowUnsigned: true });
  expect(verification.exit).toBe(10);
  expect(JSON.stringify(verification.stages)).toContain(name);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['is cut off', (bytes) => bytes.subarray(0, bytes.length - 5)],
  ['is empty', () => Buffer.alloc(0)],
  ['has a changed file', (bytes) => withByte(bytes, bytes.indexOf('weights'))],
  ['has a changed signature', (bytes) => withByte(bytes, bytes.indexOf('payloadType'))],
])('the error of a package that %s names the package once, and its findings do not', async (_title, spoil) => {
  const file = join(folder, 'named.mvapp');
  await writeFile(file, spoil(Buffer.from(original)));
  const verification = await verifyPackage(file, trusted);
  const messages = verification.stages.flatMap(({ findings }) => findings.map(({ message }) => message));
  expect(messages.filter((message) => message.includes(file))).toEqual([]);
  expect(verificationError(verification).message.split(file)).toEqual(['', expect.stringMatching(/^: ./)]);
  expect(verificationError(verification).hint).toMatch(
    verification.exit === 10 ? /copy the package again in binary mode/ : /ask its maker/,
  );
});

function withByte(bytes: Buffer, index: number): Buffer {
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes;
}

test('a package whose content changed since it was signed is not signed once more', async () => {
  const file = join(folder, 'c.mvapp');
  await writeFile(file, archiveBytes({ entries: withData(await entries(), 'models/m.onnx', 'Weights') }));
  await expect(signPackage(file, { key: newEdKey() })).rejects.toMatchObject({
    code: 'CONTENT_DIFFERS',
    message: expect.stringContaining('models/m.onnx'),
  });
});

function withData(all: readonly RawEntry[], name: string, text: string): RawEntry[] {
  return all.map((entry) => (entry.name === name ? { ...entry, data: Buffer.from(text, 'latin1') } : entry));
}

/** The package with a signature file made by hand. */
async function resigned(
  sign: (payload: Buffer) => Parameters<typeof makeEnvelope>[1],
  change: (statement: string) => string = (same) => same,
  wrap: (envelope: Record<string, unknown>) => unknown = (same) => same,
): Promise<Buffer> {
  await using archive = await readArchive(path);
  const files = await Promise.all(
    Object.entries(packagedFiles).map(async ([name, bytes]) => ({ name, sizeBytes: bytes.length, sha256: await hashOf(archive, name) })),
  );
  const manifest = (await import('../manifest/read-manifest.ts')).parseManifest(packagedManifest);
  const payload = Buffer.from(change(JSON.stringify(makeStatement(manifest, files))));
  const envelope = JSON.stringify(wrap({ ...makeEnvelope(payload, sign(payload)) }));
  return archiveBytes({ entries: withData(await entries(), 'signature.json', envelope) });
}

async function hashOf(archive: Awaited<ReturnType<typeof readArchive>>, name: string): Promise<string> {
  const entry = archive.find(name);
  return entry === undefined ? '' : archive.sha256(entry);
}
