import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { benchComparisonSchema } from '../src/bench/bench-comparison-schema.ts';
import { benchReportSchema } from '../src/bench/bench-report-schema.ts';
import { benchmarkSchema } from '../src/bench/benchmark-schema.ts';
import { recordedComparisonSchema } from '../src/bench/recorded-comparison-schema.ts';
import { sampleSchema } from '../src/bench/sample-table.ts';
import { comparisonSchema } from '../src/golden/comparison-schema.ts';
import { baselineSchema, evaluationSchema } from '../src/golden/evaluation/evaluation-schema.ts';
import { expectedResultsSchema } from '../src/golden/expected-schema.ts';
import { goldenReportSchema } from '../src/golden/golden-report-schema.ts';
import { recordSchema } from '../src/golden/record-schema.ts';
import { nativeManifestSchema } from '../src/manifest/native-schema.ts';
import { scriptManifestSchema } from '../src/manifest/script-schema.ts';
import { v1ManifestSchema } from '../src/manifest/v1-schema.ts';
import { modelConfigSchema } from '../src/script/model-config-schema.ts';
import { rulesSchema } from '../src/script/rules-schema.ts';
import { thresholdsSchema } from '../src/script/thresholds-schema.ts';
import { transformsSchema } from '../src/script/transforms-schema.ts';
import { trustFileSchema } from '../src/signing/trust-file.ts';
import { localTrustSchema } from '../src/signing/trust-store.ts';

/** Known by name; what they mean is judged where files are read. */
const formats = { email: true, uri: true, 'date-time': true } as const;

test.each([
  ['expected-results', expectedResultsSchema],
  ['golden-report-v1', goldenReportSchema],
  ['manifest-v2-native', nativeManifestSchema],
  ['manifest-v2', scriptManifestSchema],
  ['manifest-v1', v1ManifestSchema],
  ['trust-v1', trustFileSchema],
  ['trust-local', localTrustSchema],
  ['model-config', modelConfigSchema],
  ['thresholds', thresholdsSchema],
  ['transforms', transformsSchema],
  ['rules', rulesSchema],
  ['golden-comparison-v1', comparisonSchema],
  ['golden-record-v1', recordSchema],
  ['evaluation-report-v1', evaluationSchema],
  ['evaluation-baseline', baselineSchema],
  ['benchmark', benchmarkSchema],
  ['bench-report-v1', benchReportSchema],
  ['bench-comparison-v1', benchComparisonSchema],
  ['bench-recorded-comparison-v1', recordedComparisonSchema],
  ['bench-sample-v1', sampleSchema],
])('schemas/%s.json is what the code checks by, and a schema without mistakes', async (name, schema) => {
  const published = await readFile(new URL(`../schemas/${name}.json`, import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
  expect(new Ajv2020({ strict: true, allowUnionTypes: true, formats }).compile(schema)).toBeTypeOf('function');
});
