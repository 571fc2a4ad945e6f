// The page about the plugin interface: every rule names its check, and no name on it is stale.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abiSymbols } from '../src/harness/abi.ts';

const root = join(import.meta.dirname, '..');
const lines = readFileSync(join(root, 'docs/abi.md'), 'utf8').split('\n');
const rules = lines.filter((line) => line.startsWith('- ') && line.includes('*must*'));
const marker = /\[(check|not yet checked): ([a-z]+\/[a-z-]+)\]|\[not checked: [^\]]{10,}\]/g;
const named = rules.flatMap((rule) => [...rule.matchAll(marker)].map(([, kind, id]) => ({ rule, kind, id })));
const checks = join(root, 'src/conformance/checks');
const isCheck = (id: string) => existsSync(join(checks, `${id}.ts`));

test('every rule names the check that tries to break it, or says why none does', () => {
  expect(rules.length).toBeGreaterThan(40);
  expect(lines.filter((line) => line.includes('*must*') && !line.startsWith('- ') && !line.startsWith('A sentence'))).toEqual([]);
  expect(rules.filter((rule) => !/\]$/.test(rule) || rule.match(marker) === null)).toEqual([]);
});

test.skipIf(!existsSync(checks))('a check that is named exists, and one that is not there yet is called so', () => {
  expect(named.filter(({ kind, id }) => kind === 'check' && !isCheck(id ?? '')).map(({ id }) => id)).toEqual([]);
  expect(named.filter(({ kind, id }) => kind === 'not yet checked' && isCheck(id ?? '')).map(({ id }) => id)).toEqual([]);
});

test('every function of the contract has its own anchor and quotes the header', () => {
  for (const name of abiSymbols) {
    const start = lines.indexOf(`## ${name}`);
    expect(lines.slice(start, start + 4), name).toContain(`<!-- header: ${name} -->`);
  }
});

test.skipIf(!existsSync(checks))('every anchor that a check points to is on the page', () => {
  const anchors = new Set(
    lines.filter((line) => line.startsWith('#')).map((line) => line.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-')),
  );
  const files = readdirSync(checks, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const wanted = files.flatMap((file) =>
    [...readFileSync(join(checks, file), 'utf8').matchAll(/spec: 'abi\.md#([\w-]+)'/g)].map(([, anchor]) => anchor ?? ''),
  );
  expect(wanted.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});
