import { expect, test, vi } from 'vitest';
import { authorityExtensions, type Issue, issue, leafExtensions } from '../../test/certificate-authority.ts';
import { newRsaKey, publicOf } from '../../test/signed-package.ts';
import type { Certificate } from './certificates.ts';
import { keyId } from './keys.ts';
import { makePin } from './pin.ts';
import { type Revocation, revocationOf } from './revocation.ts';
import { judgeSigner } from './signer.ts';
import { noTrust } from './trust-store.ts';

const [rootKey, middleKey, leafKey, weakKey] = [newRsaKey(3072), newRsaKey(3072), newRsaKey(3072), newRsaKey(2048)];
vi.setConfig({ testTimeout: 30_000 });
const at = new Date('2027-01-01');
const made = new Map<string, Certificate>();

/** Issuing takes a tenth of a second, so equal certificates are issued once. */
function once(fields: Issue): Certificate {
  const name = JSON.stringify({ ...fields, key: keyId(fields.key), issuerKey: keyId(fields.issuerKey) });
  const certificate = made.get(name) ?? issue(fields);
  made.set(name, certificate);
  return certificate;
}

function root(pathLength?: number, change: Partial<Issue> = {}): Certificate {
  return once({
    subject: 'Root',
    key: rootKey,
    issuer: 'Root',
    issuerKey: rootKey,
    extensions: authorityExtensions(pathLength),
    ...change,
  });
}

function middle(change: Partial<Issue> = {}): Certificate {
  return once({ subject: 'Middle', key: middleKey, issuer: 'Root', issuerKey: rootKey, extensions: authorityExtensions(), ...change });
}

function leaf(change: Partial<Issue> = {}): Certificate {
  return once({ subject: 'Leaf', key: leafKey, issuer: 'Middle', issuerKey: middleKey, extensions: leafExtensions, ...change });
}

function judge(chain: readonly Certificate[], authority: Certificate, id = 'com.acme.cap', time = at, revoked: readonly Revocation[] = []) {
  const signature = { keyid: keyId(leafKey), sig: 'AAAA', certificates: chain.map(({ x509 }) => x509.raw.toString('base64')) };
  return judgeSigner(signature, id, { pins: [makePin(authority.x509.publicKey, ['com.acme.*'], authority)], revoked }, time).findings;
}

test('a chain that leads to a pinned authority is trusted, with or without the authority in it', () => {
  expect(judge([leaf(), middle()], root())).toEqual([]);
  expect(judge([leaf(), middle(), root()], root())).toEqual([]);
  expect(judge([leaf(), middle()], middle())).toEqual([]);
  expect(judge([leaf()], middle())).toEqual([]);
});

test('an authority is trusted for its namespaces only', () => {
  expect(judge([leaf(), middle()], root(), 'com.other.cap')).toMatchObject([
    { code: 'SIGNER_NOT_TRUSTED', message: expect.stringContaining('com.other.cap') },
  ]);
});

test.each<[string, () => ReturnType<typeof judge>, RegExp]>([
  [
    'an authority that nobody pinned',
    () =>
      judge(
        [leaf(), middle()],
        leaf({ issuer: 'Leaf', issuerKey: leafKey, extensions: authorityExtensions(), key: rootKey, subject: 'Evil' }),
      ),
    /neither it nor an authority/,
  ],
  ['a missing link', () => judge([leaf()], root()), /neither it nor an authority/],
  ['a certificate issued by somebody else', () => judge([leaf({ issuerKey: rootKey }), middle()], root()), /was not issued by the next/],
  ['an issuer that is no authority', () => judge([leaf(), middle({ extensions: leafExtensions })], root()), /no certificate authority/],
  [
    'an issuer that may not sign certificates',
    () =>
      judge(
        [
          leaf(),
          middle({
            extensions: [
              { name: 'basicConstraints', cA: true },
              { name: 'keyUsage', digitalSignature: true },
            ],
          }),
        ],
        root(),
      ),
    /may not sign certificates/,
  ],
  ['a path that is too long', () => judge([leaf(), middle()], root(0)), /neither it nor|allows 0 certificates/],
  ['a path that is too long inside the chain', () => judge([leaf(), middle(), root(0)], root(0)), /allows 0 certificates below it, not 1/],
  [
    'an authority with a weak key',
    () => judge([leaf({ issuerKey: weakKey }), middle({ key: weakKey })], root()),
    /key of its issuer is RSA with 2048 bits/,
  ],
  [
    'a leaf for servers',
    () => judge([leaf({ extensions: [{ name: 'extKeyUsage', serverAuth: true }] }), middle()], root()),
    /does not name code signing/,
  ],
  ['a leaf without extended key usage', () => judge([leaf({ extensions: [] }), middle()], root()), /does not name code signing/],
  [
    'a leaf whose key may not sign',
    () =>
      judge(
        [
          leaf({
            extensions: [
              { name: 'keyUsage', keyEncipherment: true },
              { name: 'extKeyUsage', codeSigning: true },
            ],
          }),
          middle(),
        ],
        root(),
      ),
    /does not allow signatures/,
  ],
])('%s is not trusted', (_title, findings, message) => {
  expect(findings()).toMatchObject([{ code: 'SIGNER_NOT_TRUSTED', message: expect.stringMatching(message) }]);
});

test('a leaf with an unknown critical extension is invalid', () => {
  const odd = [...leafExtensions, { id: '1.2.3.4', critical: true, value: '\u0005\u0000' }];
  expect(() => leaf({ extensions: odd })).toThrow(/unknown critical extension 1\.2\.3\.4/);
});

test.each([
  ['the leaf', () => judge([leaf({ to: '2026-06-01' }), middle()], root())],
  ['a certificate between', () => judge([leaf(), middle({ to: '2026-06-01' })], root())],
  ['the pinned authority', () => judge([leaf(), middle()], root(undefined, { to: '2026-06-01' }))],
])('%s must be valid at the time', (_title, findings) => {
  expect(findings()).toMatchObject([{ code: 'CERTIFICATE_EXPIRED' }]);
});

test('a key that is pinned with its certificate needs no authority; a raw pin needs a chain that can be checked', () => {
  const certificate = leaf();
  const signature = { keyid: keyId(leafKey), sig: 'AAAA', certificates: [certificate.x509.raw.toString('base64')] };
  const pinned = (pin: ReturnType<typeof makePin>) => judgeSigner(signature, 'com.acme.cap', { pins: [pin], revoked: [] }, at).findings;
  expect(pinned(makePin(publicOf(leafKey), ['com.acme.*'], certificate))).toEqual([]);
  expect(pinned(makePin(publicOf(leafKey), ['com.acme.*']))).toMatchObject([{ code: 'SIGNER_NOT_TRUSTED' }]);
});

test('a certificate of another key than the signature names is invalid', () => {
  const signature = { keyid: keyId(rootKey), sig: 'AAAA', certificates: [leaf().x509.raw.toString('base64')] };
  expect(judgeSigner(signature, 'com.acme.cap', noTrust, at).findings).toMatchObject([{ code: 'SIGNATURE_INVALID' }]);
});

test.each<[string, () => Revocation]>([
  ['the key of the leaf', () => ({ kind: 'key', keyId: keyId(leafKey), reason: 'the laptop was stolen' })],
  ['the key of an authority in between', () => ({ kind: 'key', keyId: keyId(middleKey) })],
  ['the key of the pinned authority', () => ({ kind: 'key', keyId: keyId(rootKey) })],
  ['the certificate of the leaf', () => revocationOf(leaf())],
  ['the certificate of an authority in between', () => revocationOf(middle())],
])('a signer is refused when %s is revoked', (_title, revocation) => {
  const entry = revocation();
  expect(judge([leaf(), middle()], root(), 'com.acme.cap', at, [entry])).toMatchObject([
    { code: 'REVOKED', message: expect.stringContaining(entry.reason ?? 'is revoked') },
  ]);
});

test('the revocation of another certificate of the same issuer, or of the same serial elsewhere, means nothing', () => {
  const own = revocationOf(leaf());
  if (own.kind !== 'certificate') throw new Error('a certificate');
  const others: Revocation[] = [
    { ...own, serial: `${own.serial}00` },
    { ...own, issuer: 'CN=Other' },
    { kind: 'package', contentDigest: keyId(leafKey) },
  ];
  expect(judge([leaf(), middle()], root(), 'com.acme.cap', at, others)).toEqual([]);
});
