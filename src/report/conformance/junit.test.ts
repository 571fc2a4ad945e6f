import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goodView, hostileText, mixedView } from '../../../test/conformance-view.ts';
import { optionalTool } from '../../../test/tools.ts';
import { renderJunit } from './junit.ts';

const xmllint = optionalTool('xmllint');
const schema = join(import.meta.dirname, '../../../test/fixtures/report-schemas/junit.xsd');

function problems(xml: string): string {
  return spawnSync(xmllint ?? '', ['--noout', '--schema', schema, '-'], { input: xml, encoding: 'utf8' }).stderr;
}

test.skipIf(!xmllint).each([
  ['of every kind of check', mixedView],
  ['that is all well', goodView],
  ['without a model, a configuration or a check', { ...goodView, model: null, config: null, checks: [], notChecked: [] }],
])('a report %s keeps the schema of JUnit XML, and every text survives', (_kind, view) => {
  expect(problems(renderJunit(view))).toBe('- validates\n');
});

test.skipIf(!xmllint)('the schema refuses what readers do not take', () => {
  const xml = renderJunit(goodView);
  for (const [from, to] of [
    ['tests="2"', ''],
    ['<testcase ', '<test '],
    ['time="1.234"', 'time="soon"'],
    ['classname=', 'class='],
  ] as const)
    expect(problems(xml.replace(from, to)), `${from} as ${to}`).not.toBe('- validates\n');
});

test('what made the verdict bad is a failure, a fault of the kit an error, a check that was not made skipped', () => {
  const xml = renderJunit(mixedView);
  expect(xml).toContain('<testsuite name="mvas conform" tests="10" failures="5" errors="1" skipped="2" time="1.234">');
  const types = [...xml.matchAll(/<(failure|error|skipped)(?: type="([a-z-]+)")?/g)].map(([, element, type]) => [element, type]);
  expect(types).toEqual([
    ...['fail', 'crash', 'hang'].map((type) => ['failure', type]),
    ['error', 'broken-check'],
    ['failure', 'warn'],
    ['skipped', undefined],
    ['failure', 'skip'],
    ['skipped', undefined],
  ]);
  expect(xml).toContain('again: mvas conform &apos;a b.so&apos; --seed 7'.replaceAll('&apos;', "'"));
  expect(xml).not.toContain(hostileText.slice(0, 20));
});
