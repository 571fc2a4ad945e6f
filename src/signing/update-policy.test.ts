import { expect, test } from 'vitest';
import { type IncomingPackage, judgeUpdate } from './update-policy.ts';

const [author, next, other] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;
const installed = { id: 'com.acme.cap', version: '1.2.0', versionCode: 12, signers: [author] };

function incoming(changes: Partial<IncomingPackage> = {}): IncomingPackage {
  return { ...installed, version: '1.3.0', versionCode: 13, lineage: [], ...changes };
}

test('a newer package of the same signer replaces the installed one, and the same one does as well', () => {
  expect(judgeUpdate(incoming(), installed)).toEqual([]);
  expect(judgeUpdate(incoming(installed), installed)).toEqual([]);
});

test.each<[string, Partial<IncomingPackage>, RegExp]>([
  ['of another app', { id: 'com.acme.lid' }, /it is com\.acme\.lid, and cannot replace com\.acme\.cap/],
  ['of another signer', { signers: [other] }, /key c{16} signed it, key a{16} signed version 1\.2\.0, and no lineage/],
  ['that nobody signed', { signers: [] }, /nobody signed it who is trusted/],
  ['with a lineage that starts elsewhere', { signers: [next], lineage: [{ from: other, to: next }] }, /no lineage/],
  ['with a lineage that leads elsewhere', { signers: [other], lineage: [{ from: author, to: next }] }, /no lineage/],
  ['with a lineage the wrong way round', { signers: [next], lineage: [{ from: next, to: author }] }, /no lineage/],
  ['with a lower version_code, whatever its version says', { version: '2.0.0', versionCode: 11 }, /version_code 11 is below 12/],
])('a package %s does not replace the installed one', (_title, changes, message) => {
  expect(judgeUpdate(incoming(changes), installed)).toEqual([
    { code: 'POLICY_REFUSED', message: expect.stringMatching(message), hint: expect.any(String) },
  ]);
});

test('a lineage is followed step by step, in any order', () => {
  const lineage = [
    { from: next, to: other },
    { from: author, to: next },
  ];
  expect(judgeUpdate(incoming({ signers: [other], lineage }), installed)).toEqual([]);
});

test('where one of the two has no version_code, semver decides, and compares no texts', () => {
  const bare = { id: installed.id, signers: [author] };
  const refused = (from: string, to: string) => judgeUpdate({ ...bare, version: to, lineage: [] }, { ...bare, version: from }).length;
  expect(refused('1.9.0', '1.10.0')).toBe(0);
  expect(refused('1.10.0', '1.9.0')).toBe(1);
  expect(refused('1.0.0', '1.0.0-rc.1')).toBe(1);
  expect(judgeUpdate(incoming({ version: '1.1.0' }), { ...bare, version: '1.2.0' })).toHaveLength(1);
});

test('an older version is taken when that is asked for, a strange signer never', () => {
  const older = incoming({ version: '1.0.0', versionCode: 1 });
  expect(judgeUpdate(older, installed)).toHaveLength(1);
  expect(judgeUpdate(older, installed, { allowDowngrade: true })).toEqual([]);
  expect(judgeUpdate({ ...older, signers: [other] }, installed, { allowDowngrade: true })).toHaveLength(1);
});

test('what is installed unsigned may be replaced by anybody who is trusted', () => {
  expect(judgeUpdate(incoming({ signers: [other] }), { ...installed, signers: [] })).toEqual([]);
});
