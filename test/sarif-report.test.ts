import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { renderSarif } from '../src/report/conformance/sarif.ts';
import { goodView, mixedView } from './conformance-view.ts';

const schema = JSON.parse(readFileSync(new URL('./fixtures/report-schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

test.each([
  ['of every kind of check', mixedView],
  ['that is all well', goodView],
  ['without a model or a configuration', { ...mixedView, model: null, config: null }],
])('a report %s keeps the schema that OASIS publishes', (_kind, view) => {
  validate(JSON.parse(renderSarif(view)));
  expect(validate.errors ?? []).toEqual([]);
});

test('the schema refuses a log with a wrong level', () => {
  expect(validate(JSON.parse(renderSarif(mixedView).replaceAll('"level": "error"', '"level": "bad"')))).toBe(false);
});

test('one result a finding on the library, with the rule it breaks; a fault of the kit is none', () => {
  const { runs } = JSON.parse(renderSarif(mixedView));
  const [{ results, tool, artifacts, invocations }] = runs;
  expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => `${ruleId} ${level}`)).toEqual([
    'infer/nominal note',
    'infer/stride error',
    'infer/bounds error',
    'robustness/hangs error',
    'errors/message warning',
  ]);
  for (const { ruleId, ruleIndex, locations } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe('bin/linux-x64/gr%C3%B6%C3%9Fe%20%231.so');
  }
  expect(artifacts[0].hashes).toEqual({ 'sha-256': mixedView.plugin.sha256 });
  expect(invocations[0].executionSuccessful).toBe(false);
});

test('a finding keeps its fingerprint when only values change', () => {
  const fingerprint = (message: string) => {
    const [check] = mixedView.checks.slice(2);
    if (check === undefined) throw new Error('no check');
    const view = { ...mixedView, checks: [{ ...check, findings: [{ message, severity: 'error' as const }] }] };
    return JSON.parse(renderSarif(view)).runs[0].results[0].partialFingerprints['mvasFinding/v1'];
  };
  expect(fingerprint('score 0.71 at 0x7f00')).toBe(fingerprint('score 1.25e-3 at 0xab12'));
  expect(fingerprint('score 0.71')).not.toBe(fingerprint('confidence 0.71'));
});
