import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../../test/scratch.ts';
import { newEdKey, newRsaKey, publicOf } from '../../test/signed-package.ts';
import { KitError } from '../core/kit-error.ts';
import { requireFollowing } from './accept-trust.ts';
import { importTrust, readTrust, trustFilePath } from './effective-trust.ts';
import { keyId } from './keys.ts';
import { makePin } from './pin.ts';
import { makeRootKey } from './root-role.ts';
import { addTrustSignature } from './sign-trust.ts';
import { parseSignedTrust, type SignedTrust, signedTrustText } from './signed-trust.ts';
import { isExpired, type TrustFile } from './trust-file.ts';
import { noTrust, readLocalTrust, withPin, writeLocalTrust } from './trust-store.ts';

const roots = [newEdKey(), newEdKey(), newEdKey(), newEdKey()];
const [one, two, three, four] = roots as [(typeof roots)[0], (typeof roots)[0], (typeof roots)[0], (typeof roots)[0]];
const vendor = publicOf(newEdKey());
const at = new Date('2026-06-01T00:00:00Z');

function file(changes: Partial<TrustFile> = {}): TrustFile {
  return {
    formatVersion: 1,
    name: 'Acme',
    version: 1,
    expires: '2027-01-01T00:00:00Z',
    root: { threshold: 2, keys: [one, two, three].map((key) => makeRootKey(publicOf(key))) },
    pins: [makePin(vendor, ['com.acme.*'])],
    policies: [],
    revoked: [],
    ...changes,
  };
}

async function signedBy(content: object, ...keys: (typeof roots)[0][]): Promise<SignedTrust> {
  let signed = parseSignedTrust(JSON.stringify(content), 'draft');
  for (const key of keys) signed = await addTrustSignature(signed, { key });
  return signed;
}

/** A home, and a way to import a trust file into it. */
async function workplace() {
  const home = await scratchFolder();
  const path = join(home, 'incoming.json');
  const put = async (signed: SignedTrust) => writeFile(path, signedTrustText(signed));
  const bring = async (signed: SignedTrust, knownRoots: readonly string[] = []) => {
    await put(signed);
    return importTrust(home, path, { at, knownRoots });
  };
  return { home, path, bring };
}

const known = [one, two].map(keyId);

describe('a trust file', () => {
  test('is taken with its root keys named once, and its pins, policies and revocations count beside the user’s own', async () => {
    const { home, bring } = await workplace();
    const own = makePin(publicOf(newEdKey()), ['org.mine']);
    await writeLocalTrust(home, withPin(noTrust, own));
    const revoked = [{ kind: 'package', contentDigest: '0'.repeat(64) }] as const;
    const policies = [{ namespace: 'com.acme.*', signers: { threshold: 1, keyIds: [keyId(vendor)] } }];
    await bring(await signedBy(file({ revoked, policies }), one, two), known);
    expect(await readTrust(home)).toEqual({
      pins: [own, makePin(vendor, ['com.acme.*'])],
      revoked,
      policies,
      trustFile: { name: 'Acme', version: 1, expires: '2027-01-01T00:00:00Z' },
    });
    expect((await readLocalTrust(home)).pins).toEqual([own]);
    if (process.platform !== 'win32') expect((await stat(join(home, 'trust.local.json'))).mode & 0o777).toBe(0o600);
  });

  test('is followed by later ones without naming any key again; the same one may come twice', async () => {
    const { home, bring } = await workplace();
    const first = await signedBy(file(), one, two);
    await bring(first, known);
    await bring(first);
    await bring(await signedBy(file({ version: 5 }), three, one));
    expect(await readTrust(home)).toMatchObject({ trustFile: { version: 5 } });
  });

  test.each<[string, () => Promise<SignedTrust>, string]>([
    ['an earlier version', () => signedBy(file({ version: 2 }), one, two), 'POLICY_REFUSED'],
    ['the same version with other content', () => signedBy(file({ version: 3, name: 'Acme 2' }), one, two), 'POLICY_REFUSED'],
    ['one that has expired', () => signedBy(file({ version: 4, expires: '2026-06-01T00:00:00Z' }), one, two), 'POLICY_REFUSED'],
    ['one with too few signatures', () => signedBy(file({ version: 4 }), one), 'SIGNER_NOT_TRUSTED'],
    ['one that is signed by strangers', () => signedBy(file({ version: 4 }), one, four), 'SIGNER_NOT_TRUSTED'],
    ['one that nobody signed', () => signedBy(file({ version: 4 })), 'FILE_INVALID'],
    ['new root keys that the old ones do not vouch for', () => signedBy(rotated(4), one, four), 'SIGNER_NOT_TRUSTED'],
    ['new root keys that do not sign themselves', () => signedBy(rotated(4), one, two), 'SIGNER_NOT_TRUSTED'],
  ])('is not followed by %s', async (_title, make, code) => {
    const { home, bring } = await workplace();
    await bring(await signedBy(file({ version: 3 }), one, two), known);
    const before = await readFile(trustFilePath(home));
    await expect(bring(await make())).rejects.toMatchObject({ code });
    expect(await readFile(trustFilePath(home))).toEqual(before);
    expect(await readTrust(home)).toMatchObject({ trustFile: { version: 3 } });
  });

  test('changes its root keys when enough of the old and of the new ones sign', async () => {
    const { home, bring } = await workplace();
    await bring(await signedBy(file(), one, two), known);
    await bring(await signedBy(rotated(2), two, three, four));
    await expect(bring(await signedBy(file({ version: 3 }), one, two))).rejects.toMatchObject({ code: 'SIGNER_NOT_TRUSTED' });
    await bring(await signedBy(rotated(3), four, three));
    expect(await readTrust(home)).toMatchObject({ trustFile: { version: 3 } });
  });

  /** Keys one and two go, key four comes. */
  function rotated(version: number): TrustFile {
    return file({ version, root: { threshold: 2, keys: [three, four].map((key) => makeRootKey(publicOf(key))) } });
  }

  test('is not taken the first time without enough of its root keys known from elsewhere', async () => {
    const { home, bring } = await workplace();
    const signed = await signedBy(file(), one, two);
    for (const named of [[], [keyId(one)], [keyId(one), keyId(three)], [keyId(one), keyId(two), keyId(four)]])
      await expect(bring(signed, named)).rejects.toMatchObject({ code: 'SIGNER_NOT_TRUSTED' });
    expect(await readTrust(home)).toEqual(noTrust);
  });
});

describe('the trust file in MVAS_HOME', () => {
  test.each<[string, (signed: SignedTrust) => Promise<string | undefined>, string]>([
    ['is missing', async () => undefined, 'FILE_INVALID'],
    ['is cut off', async (signed) => signedTrustText(signed).slice(0, -10), 'FILE_INVALID'],
    [
      'has another signature',
      async (signed) => signedTrustText({ ...signed, signatures: signed.signatures.map((s) => ({ ...s, sig: 'AAAA' })) }),
      'SIGNER_NOT_TRUSTED',
    ],
    [
      'has one signature less',
      async (signed) => signedTrustText({ ...signed, signatures: signed.signatures.slice(1) }),
      'SIGNER_NOT_TRUSTED',
    ],
    ['is an earlier version', async () => signedTrustText(await signedBy(file({ version: 1 }), one, two)), 'POLICY_REFUSED'],
    ['is a draft', async () => JSON.stringify(file({ version: 3 })), 'SIGNER_NOT_TRUSTED'],
  ])('is refused when it %s: nothing is trusted by guessing', async (_title, spoil, code) => {
    const { home, bring } = await workplace();
    const signed = await signedBy(file({ version: 2 }), one, two);
    await bring(signed, known);
    const text = await spoil(signed);
    if (text === undefined) await rm(trustFilePath(home));
    else await writeFile(trustFilePath(home), text);
    await expect(readTrust(home)).rejects.toMatchObject({ code, message: expect.stringContaining(trustFilePath(home)) });
  });

  test('counts only after it was imported, and a later one may be put in its place', async () => {
    const { home, bring } = await workplace();
    const signed = await signedBy(file(), one, two);
    await writeFile(trustFilePath(home), signedTrustText(signed));
    await expect(readTrust(home)).rejects.toMatchObject({ code: 'FILE_INVALID', message: expect.stringContaining('never imported') });
    await bring(signed, known);
    await writeFile(trustFilePath(home), signedTrustText(await signedBy(file({ version: 2 }), two, three)));
    expect(await readTrust(home)).toMatchObject({ trustFile: { version: 2 } });
  });
});

test('a trust file that was changed anywhere is refused, or says the very same', async () => {
  const { root } = file();
  const signed = await signedBy(file(), one, two);
  const accepted = { version: 1, sha256: signed.sha256, root };
  const text = signedTrustText(signed);
  const outcome = (changed: string): string => {
    try {
      const found = parseSignedTrust(changed, 'trust.json');
      requireFollowing(found, { source: 'trust.json', accepted });
      return found.sha256;
    } catch (error) {
      return error instanceof KitError ? error.code : String(error);
    }
  };
  const outcomes = [...text].map((character, index) =>
    outcome(`${text.slice(0, index)}${String.fromCharCode(character.charCodeAt(0) ^ 1)}${text.slice(index + 1)}`),
  );
  const refused = outcomes.filter((code) => ['FILE_INVALID', 'SIGNER_NOT_TRUSTED', 'POLICY_REFUSED'].includes(code)).length;
  expect(refused + outcomes.filter((sha256) => sha256 === signed.sha256).length).toBe(text.length);
  expect(refused).toBeGreaterThan(text.length * 0.95);
});

test.each<[string, (content: TrustFile) => object, RegExp]>([
  ['an unknown member', (content) => ({ ...content, more: 1 }), /\/more is not a known field/],
  ['a misspelt member', (content) => ({ ...content, polices: [] }), /did you mean policies/],
  ['no root keys', (content) => ({ ...content, root: { threshold: 1, keys: [] } }), /\/root\/keys must NOT have fewer/],
  [
    'a threshold that cannot be reached',
    (content) => ({ ...content, root: { ...content.root, threshold: 4 } }),
    /threshold of the root keys is 4, and there are 3/,
  ],
  [
    'a root key twice',
    (content) => ({ ...content, root: { threshold: 2, keys: [...content.root.keys, ...content.root.keys] } }),
    /listed twice/,
  ],
  [
    'a weak root key',
    (content) => ({ ...content, root: { threshold: 1, keys: [makeRootKey(publicOf(newRsaKey(2048)))] } }),
    /fewer than 3072/,
  ],
  [
    'a root key under another id',
    (content) => ({ ...content, root: { threshold: 1, keys: [{ ...makeRootKey(vendor), keyId: '0'.repeat(64) }] } }),
    /another keyId/,
  ],
  [
    'a damaged pin',
    (content) => ({ ...content, pins: [{ ...makePin(vendor, ['com.acme']), publicKey: 'AAAA' }] }),
    /the pin .* is damaged/,
  ],
  [
    'a policy for somebody unknown',
    (content) => ({ ...content, policies: [{ namespace: '*', signers: { threshold: 1, keyIds: ['1'.repeat(64)] } }] }),
    /none of the pins that may sign/,
  ],
  [
    'a policy that nobody can meet',
    (content) => ({ ...content, policies: [{ namespace: '*', signers: { threshold: 2, keyIds: [keyId(vendor)] } }] }),
    /wants 2 signers and names 1/,
  ],
  ['no date of expiry', ({ expires: _expires, ...content }) => content, /\/expires is required/],
  ['an expiry that is no time', (content) => ({ ...content, expires: 'never' }), /\/expires must be a time/],
])('a draft with %s is refused, and the rule is named', (_title, change, rule) => {
  const text = JSON.stringify(change(file()));
  expect(() => parseSignedTrust(text, 'draft.json')).toThrow(rule);
  expect(() => parseSignedTrust(text, 'draft.json')).toThrow(expect.objectContaining({ code: 'FILE_INVALID' }));
});

test('a trust file that expires at a time which is none has expired, rather than never', () => {
  const head = { name: 'Acme', version: 1 };
  expect(isExpired({ ...head, expires: '2031-12-31T23:59:60Z' }, at)).toBe(true);
  expect(isExpired({ ...head, expires: '2031-12-31T23:59:59Z' }, at)).toBe(false);
});
