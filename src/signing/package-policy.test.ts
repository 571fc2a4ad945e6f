import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { newEdKey, newRsaKey, packagedFiles, publicOf, rsaKey, writeUnsigned } from '../../test/signed-package.ts';
import { sha256Hex } from '../core/digest.ts';
import { readArchive } from '../package/archive.ts';
import { readPackagedManifest } from '../package/package-manifest.ts';
import { issueCertificate } from './issue-certificate.ts';
import { keyId } from './keys.ts';
import { makePin } from './pin.ts';
import { judgeReports } from './required-reports.ts';
import { signPackage } from './sign.ts';
import type { TrustPolicy } from './trust-policy.ts';
import type { Trust } from './trust-store.ts';
import { type Verification, verifyPackage } from './verify.ts';

vi.setConfig({ testTimeout: 30_000 });
const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
afterAll(() => rm(folder, { recursive: true }));

const [author, factory, stranger] = [newEdKey(), newEdKey(), newEdKey()];
const pins = [
  makePin(publicOf(author), ['com.acme.*'], undefined, 'Author'),
  makePin(publicOf(factory), ['com.acme.*'], undefined, 'Factory'),
];

function trustWith(...policies: TrustPolicy[]): Trust {
  return { pins, revoked: [], policies };
}

function wantsSigners(threshold: number, keyIds: readonly string[], namespace = 'com.acme.*'): TrustPolicy {
  return { namespace, signers: { threshold, keyIds } };
}

function messages({ stages }: Verification): string[] {
  return stages.flatMap(({ findings }) => findings.map(({ message }) => message));
}

describe('a policy that wants several signers', () => {
  const both = [author, factory].map(keyId);

  test('refuses a package until enough of them have signed it', async () => {
    const path = await writeUnsigned(join(folder, 'two.mvapp'));
    const trust = trustWith(wantsSigners(2, both));
    await signPackage(path, { key: author });
    const alone = await verifyPackage(path, { trust });
    expect(alone).toMatchObject({ exit: 17, code: 'POLICY_REFUSED' });
    expect(messages(alone)).toEqual(['the policy for com.acme.* wants 2 of Author, Factory to have signed; only Author did']);
    await signPackage(path, { key: stranger });
    expect(await verifyPackage(path, { trust })).toMatchObject({ exit: 17 });
    await signPackage(path, { key: factory });
    expect(await verifyPackage(path, { trust })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(path, { trust: { ...trust, revoked: [{ kind: 'key', keyId: keyId(factory) }] } })).toMatchObject({
      exit: 17,
    });
  });

  test('is met by any of those it names, and every policy must be met', async () => {
    const path = await writeUnsigned(join(folder, 'one.mvapp'));
    await signPackage(path, { key: author });
    expect(await verifyPackage(path, { trust: trustWith(wantsSigners(1, both)) })).toMatchObject({ exit: 0 });
    expect(await verifyPackage(path, { trust: trustWith(wantsSigners(1, [keyId(factory)])) })).toMatchObject({ exit: 17 });
    const each = trustWith(wantsSigners(1, [keyId(author)]), wantsSigners(1, [keyId(factory)]));
    expect(await verifyPackage(path, { trust: each })).toMatchObject({ exit: 17 });
    await signPackage(path, { key: factory });
    expect(await verifyPackage(path, { trust: each })).toMatchObject({ exit: 0 });
  });

  test('says nothing of apps in other namespaces', async () => {
    const path = await writeUnsigned(join(folder, 'other.mvapp'));
    await signPackage(path, { key: author });
    expect(await verifyPackage(path, { trust: trustWith(wantsSigners(2, both, 'com.other.*')) })).toMatchObject({ exit: 0 });
  });

  test('counts an authority once, whoever of its signers signed, and refuses what is unsigned', async () => {
    const from = new Date('2026-01-01T00:00:00Z');
    const at = new Date('2026-06-01T00:00:00Z');
    const ca = await issueCertificate(rsaKey, { commonName: 'Acme CA', from, days: 365, use: 'authority' });
    const caPin = makePin(publicOf(rsaKey), ['com.acme.*'], ca);
    const leafKey = newRsaKey(3072);
    const leaf = await issueCertificate(
      leafKey,
      { commonName: 'Line 3', from, days: 365, use: 'signer' },
      { key: rsaKey, certificate: ca },
    );
    const path = await writeUnsigned(join(folder, 'ca.mvapp'));
    const trust: Trust = {
      pins: [...pins, caPin, makePin(publicOf(leafKey), ['com.acme.*'])],
      revoked: [],
      policies: [wantsSigners(1, [caPin.keyId])],
    };
    expect(await verifyPackage(path, { trust, at, allowUnsigned: true })).toMatchObject({ exit: 17 });
    await signPackage(path, { key: leafKey, certificates: [leaf] });
    const verification = await verifyPackage(path, { trust, at });
    expect(verification).toMatchObject({ exit: 0, signers: [{ pins: expect.arrayContaining([caPin.keyId]) }] });
    expect(await verifyPackage(path, { trust: { ...trust, policies: [wantsSigners(2, [caPin.keyId, keyId(author)])] }, at })).toMatchObject(
      {
        exit: 17,
      },
    );
  });
});

describe('a policy that wants reports', () => {
  const library = sha256Hex(packagedFiles['bin/linux/plugin.so'] ?? '');
  const report = (changes: object = {}) =>
    Buffer.from(JSON.stringify({ ok: true, profile: 'standard', notChecked: [], plugin: { sha256: library }, ...changes }));
  const trust = trustWith({ namespace: 'com.acme.cap', requiredReports: ['golden'], conformanceProfile: 'standard' });

  async function exitWith(reports: Record<string, Buffer>, options: object = {}): Promise<{ exit: number; messages: string[] }> {
    const path = await writeUnsigned(join(folder, 'reports.mvapp'), reports);
    await signPackage(path, { key: author });
    const verification = await verifyPackage(path, { trust, ...options });
    return { exit: verification.exit, messages: messages(verification) };
  }

  const [conformance, golden] = ['reports/conformance.linux-x64.json', 'reports/golden.linux-x64.json'] as const;

  test('takes a package that carries them', async () => {
    expect(await exitWith({ [conformance]: report(), [golden]: report() })).toEqual({ exit: 0, messages: [] });
    expect(await exitWith({ [conformance]: report({ profile: 'strict' }), [golden]: report() })).toMatchObject({ exit: 0 });
  });

  test('names every one that is missing', async () => {
    const { exit, messages: found } = await exitWith({});
    expect(exit).toBe(17);
    expect(found).toEqual([golden, conformance].map((name) => `${name} is missing, and the policy for com.acme.cap requires it`));
    expect(await exitWith({}, { trust: trustWith() })).toMatchObject({ exit: 0 });
  });

  test.each<[string, Buffer, string]>([
    ['of a milder profile', report({ profile: 'basic' }), 'is of profile basic, not standard or strict'],
    ['of no known profile', report({ profile: 'lenient' }), 'is of profile lenient, not standard or strict'],
    ['of another build', report({ plugin: { sha256: '0'.repeat(64) } }), 'speaks of another library'],
    ['of a failure', report({ ok: false }), 'says that the plugin fails'],
    ['that says nothing', report({ ok: undefined }), 'says that the plugin fails'],
    ['that leaves checks out', report({ notChecked: [{ id: 'infer/stride', reason: 'left out by --skip' }] }), 'leaves checks out'],
    ['that does not tell what it leaves out', report({ notChecked: undefined }), 'leaves checks out'],
    ['that is no JSON', Buffer.from('{'), 'speaks of another library'],
    ['that is no object', Buffer.from('null'), 'speaks of another library'],
  ])('takes none %s', async (_title, bytes, rule) => {
    const found = await exitWith({ [conformance]: bytes, [golden]: report() });
    expect(found).toEqual({ exit: 17, messages: [`${conformance} ${rule}, and the policy for com.acme.cap requires it`] });
  });

  test('takes none that is no longer the one that was verified', async () => {
    const reports = { [conformance]: report(), [golden]: report() };
    await using archive = await readArchive(await writeUnsigned(join(folder, 'reports.mvapp'), reports));
    const digests = new Map(Object.entries({ ...packagedFiles, ...reports }).map(([name, bytes]) => [name, sha256Hex(bytes)]));
    const manifest = await readPackagedManifest(archive);
    const [policy] = trust.policies ?? [];
    if (manifest.package_type !== 'native' || policy === undefined) throw new Error('a plugin, and a policy for it');
    expect(await judgeReports(policy, manifest, { archive, digests }, undefined)).toEqual([]);
    digests.set(golden, sha256Hex('another'));
    const message = `${golden} changed while it was verified, and the policy for com.acme.cap requires it`;
    expect(await judgeReports(policy, manifest, { archive, digests }, undefined)).toMatchObject([{ code: 'POLICY_REFUSED', message }]);
  });
});

describe('the trust file of the organisation', () => {
  const trust: Trust = { pins, revoked: [], trustFile: { name: 'Acme', version: 3, expires: '2026-06-01T00:00:00Z' } };

  test('refuses what is new once it has expired, and stops nothing that is loaded', async () => {
    const path = await writeUnsigned(join(folder, 'expired.mvapp'));
    await signPackage(path, { key: author });
    const [before, then] = [new Date('2026-05-31T23:59:59Z'), new Date('2026-06-01T00:00:00Z')];
    expect(await verifyPackage(path, { trust, at: before })).toMatchObject({ exit: 0 });
    const refused = await verifyPackage(path, { trust, at: then });
    expect(refused).toMatchObject({ exit: 17, code: 'POLICY_REFUSED' });
    expect(messages(refused)).toEqual(['version 3 of the trust file of Acme expired on 2026-06-01T00:00:00Z']);
    expect(await verifyPackage(path, { trust, at: then, use: 'load' })).toMatchObject({ exit: 0 });
  });
});
