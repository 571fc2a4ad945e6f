import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { authorityExtensions } from '../../test/certificate-authority.ts';
import { daysFromNow, type OpensslAuthority, opensslAuthority } from '../../test/openssl-timestamps.ts';
import { seededRandom } from '../../test/random.ts';
import { optionalTool } from '../../test/tools.ts';
import { derBytes, derElement, derElements, derTag } from './der.ts';
import { keyId } from './keys.ts';
import { makeTimestampPin } from './pin.ts';
import { revocationOf } from './revocation.ts';
import { judgeTimestamp } from './timestamp-authority.ts';
import { readTimestamp, timestampQuery } from './timestamp-token.ts';
import type { Trust } from './trust-store.ts';

const openssl = optionalTool('openssl');
const folder = await mkdtemp(join(tmpdir(), 'mvas-test-'));
afterAll(() => rm(folder, { recursive: true }));
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const sig = randomBytes(384);
const later = new Date(daysFromNow(400));

function judge(token: Buffer, trust: Partial<Trust>, { stamped = sig, id = 'com.acme.cap', now = later } = {}) {
  const signature = { keyid: '0'.repeat(64), sig: stamped.toString('base64'), timestamp: token.toString('base64') };
  return judgeTimestamp(signature, id, { pins: [], revoked: [], ...trust }, now);
}

function pinned({ root }: OpensslAuthority, namespaces = ['*']): Partial<Trust> {
  return { pins: [makeTimestampPin(root, namespaces)] };
}

describe.skipIf(openssl === undefined)('a timestamp by openssl ts', async () => {
  if (openssl === undefined) return;
  const authority = await opensslAuthority(folder, 'good');
  const token = await authority.answer(timestampQuery(sig));
  const { time } = readTimestamp(token);

  test('of a pinned authority gives the time at which certificates are judged', () => {
    expect(Math.abs(time.getTime() - Date.now())).toBeLessThan(3_600_000);
    const stamp = { time: time.toISOString(), authority: 'CN=good clock', trusted: true };
    expect(judge(token, pinned(authority))).toEqual({ at: time, timestamp: stamp, findings: [] });
    expect(judge(token, { pins: [makeTimestampPin(authority.certificate, ['com.acme.*'])] }).timestamp).toEqual(stamp);
  });

  test('is read bare as well, and carried without the remarks of its authority', async () => {
    const bare = await authority.answer(timestampQuery(sig), '-token_out');
    expect(judge(bare, pinned(authority)).timestamp).toMatchObject({ trusted: true });
    expect(readTimestamp(bare).response.subarray(4, 9)).toEqual(Buffer.from('3003020100', 'hex'));
    expect(judge(readTimestamp(token).response, pinned(authority)).timestamp).toMatchObject({ trusted: true });
  });

  test('echoes the nonce of its request', async () => {
    const nonce = Buffer.from('5a0102030405060708', 'hex');
    expect(readTimestamp(await authority.answer(timestampQuery(sig, nonce))).nonce).toEqual(nonce);
    expect(readTimestamp(token).nonce).toBeUndefined();
  });

  test('is what openssl ts verifies, given the signature and the root', async () => {
    await Promise.all([writeFile(join(folder, 'sig.bin'), sig), writeFile(join(folder, 'own.tsr'), readTimestamp(token).response)]);
    const flags = ['-data', join(folder, 'sig.bin'), '-in', join(folder, 'own.tsr'), '-CAfile', join(folder, 'good.root.pem')];
    const { stdout } = await promisify(execFile)('openssl', ['ts', '-verify', ...flags]);
    expect(stdout).toContain('Verification: OK');
  });

  test.each<[string, () => ReturnType<typeof judge>, RegExp]>([
    ['nobody pinned', () => judge(token, {}), /not pinned here/],
    ['was pinned for other apps', () => judge(token, pinned(authority, ['com.other.*'])), /not pinned here/],
    [
      'is pinned as a signer',
      () => judge(token, { pins: [{ ...makeTimestampPin(authority.root, ['*']), kind: 'ca' }] }),
      /not pinned here/,
    ],
    [
      'has a revoked key',
      () => judge(token, { ...pinned(authority), revoked: [{ kind: 'key', keyId: keyId(authority.key) }] }),
      /is revoked/,
    ],
    [
      'has a revoked certificate',
      () => judge(token, { ...pinned(authority), revoked: [revocationOf(authority.certificate)] }),
      /is revoked/,
    ],
    ['has a clock ahead of ours', () => judge(token, pinned(authority), { now: new Date(daysFromNow(-1)) }), /a time to come/],
  ])('does not count when its authority %s', (_title, judged, reason) => {
    const { timestamp, findings } = judged();
    expect({ findings, timestamp }).toEqual({ findings: [], timestamp: expect.objectContaining({ trusted: false }) });
    expect(timestamp?.reason).toMatch(reason);
  });

  test('leaves the time as it is when it does not count', () => {
    expect(judge(token, {}).at).toEqual(later);
  });

  test.each<[string, object, RegExp]>([
    ['expired before it signed', { from: daysFromNow(-9), to: daysFromNow(-2) }, /expired on/],
    ['is not valid yet', { from: daysFromNow(2) }, /valid only from/],
    ['has an issuer of another name', { issuer: 'Nobody' }, /not pinned here/],
  ])('does not count when the certificate of its authority %s', async (title, change, reason) => {
    const other = await opensslAuthority(folder, title.replaceAll(' ', '-'), change);
    expect(judge(await other.answer(timestampQuery(sig)), pinned(other)).timestamp?.reason).toMatch(reason);
  });

  test('of another signature is invalid', () => {
    const [finding] = judge(token, pinned(authority), { stamped: randomBytes(384) }).findings;
    expect(finding).toMatchObject({ code: 'SIGNATURE_INVALID', message: expect.stringContaining('it is of another signature') });
  });

  test('whose certificate was left out is judged by the pinned one, and by no other', async () => {
    const query = derElements(derElement(timestampQuery(sig), derTag.sequence).content).slice(0, -1);
    const bare = await authority.answer(derBytes(derTag.sequence, ...query.map(({ bytes }) => bytes)));
    expect(judge(bare, pinned(authority)).findings).toMatchObject([{ message: expect.stringContaining('is not in it') }]);
    expect(judge(bare, { pins: [makeTimestampPin(authority.certificate, ['*'])] }).timestamp).toMatchObject({ trusted: true });
  });

  test.each<[string, object[]]>([
    ['for something else as well', [{ name: 'extKeyUsage', timeStamping: true, codeSigning: true, critical: true }]],
    ['for code', [{ name: 'extKeyUsage', codeSigning: true, critical: true }]],
    ['not critically for timestamps', [{ name: 'extKeyUsage', timeStamping: true }]],
    ['for nothing in particular', []],
    ['an authority’s', authorityExtensions()],
  ])('does not count when it is signed by a certificate that is %s', async (_title, extensions) => {
    const other = await opensslAuthority(folder, 'other', { extensions });
    const { timestamp } = judge(await forged(readTimestamp(token).signed.content, 'other'), pinned(other));
    expect(timestamp).toMatchObject({ trusted: false, reason: expect.stringContaining('extended key usage') });
  });

  test('made by openssl cms in place of openssl ts counts, so the changes above are what is noticed', async () => {
    const same = await forged(readTimestamp(token).signed.content, 'good');
    expect(judge(same, pinned(authority)).timestamp).toMatchObject({ trusted: true, time: time.toISOString() });
  });

  test('cut off anywhere is invalid', () => {
    for (let length = 0; length < token.length; length += 7) {
      expect(judge(token.subarray(0, length), pinned(authority)).findings, `${length} bytes`).toHaveLength(1);
    }
    expect(judge(Buffer.concat([token, Buffer.of(0)]), pinned(authority)).findings).toHaveLength(1);
  });

  test('that was changed anywhere is invalid, does not count, or says the very same', () => {
    const random = seededRandom(20);
    const whole = judge(token, pinned(authority));
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      const judged = judge(mutated(token, random), pinned(authority));
      if (judged.timestamp?.trusted) expect(judged).toEqual(whole);
      else refused++;
    }
    expect(refused).toBeGreaterThan(1000);
  });

  test('with any byte of what was signed changed is invalid', () => {
    const content = readTimestamp(token).signed.content;
    const start = token.indexOf(content);
    for (let index = start; index < start + content.length; index++) {
      const changed = Buffer.from(token);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(judge(changed, pinned(authority)).findings, `byte ${index - start}`).toHaveLength(1);
    }
  });
});

/** A token of what `info` says, signed as openssl cms signs anything. */
async function forged(info: Buffer, signer: string): Promise<Buffer> {
  await writeFile(join(folder, 'info.der'), info);
  const files = [
    '-in',
    join(folder, 'info.der'),
    '-signer',
    join(folder, `${signer}.cert.pem`),
    '-inkey',
    join(folder, `${signer}.key.pem`),
  ];
  const form = ['-binary', '-nodetach', '-cades', '-md', 'sha256', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-outform', 'DER'];
  await promisify(execFile)('openssl', ['cms', '-sign', ...files, ...form, '-out', join(folder, 'forged.der')]);
  return readFile(join(folder, 'forged.der'));
}

/** Changes a byte, takes some out or doubles some. */
function mutated(bytes: Buffer, random: (limit: number) => number): Buffer {
  const at = random(bytes.length);
  const length = 1 + random(8);
  const kind = random(10);
  if (kind < 2) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  if (kind < 3) return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  const changed = Buffer.from(bytes);
  changed[at] = kind < 6 ? (bytes[at] ?? 0) ^ (1 << random(8)) : random(256);
  return changed;
}
