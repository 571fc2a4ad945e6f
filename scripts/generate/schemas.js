// Writes schemas/ from the schemas in the code: what `$schema` in a file points to.
const schemas = [
  ['scaffold-report.json', 'scaffold/scaffold-report-schema.js', 'scaffoldReportSchema'],
  ['merge-report.json', 'scaffold/upgrade/merge-report-schema.js', 'mergeReportSchema'],
  ['built-plugin.json', 'build/built-plugin-schema.js', 'builtPluginSchema'],
  ['ci-plan.json', 'ci/ci-plan-schema.js', 'ciPlanSchema'],
  ['collection.json', 'package/collection-schema.js', 'collectionSchema'],
  ['doctor-report.json', 'doctor/doctor-report-schema.js', 'doctorReportSchema'],
  ['manifest-v2-native.json', 'manifest/native-schema.js', 'nativeManifestSchema'],
  ['manifest-v2.json', 'manifest/script-schema.js', 'scriptManifestSchema'],
  ['manifest-v1.json', 'manifest/v1-schema.js', 'v1ManifestSchema'],
  ['conformance-report-v1.json', 'conformance/report-schema.js', 'conformanceReportSchema'],
  ['expected-results.json', 'golden/expected-schema.js', 'expectedResultsSchema'],
  ['golden-record-v1.json', 'golden/record-schema.js', 'recordSchema'],
  ['golden-report-v1.json', 'golden/golden-report-schema.js', 'goldenReportSchema'],
  ['golden-comparison-v1.json', 'golden/comparison-schema.js', 'comparisonSchema'],
  ['evaluation-report-v1.json', 'golden/evaluation/evaluation-schema.js', 'evaluationSchema'],
  ['evaluation-baseline.json', 'golden/evaluation/evaluation-schema.js', 'baselineSchema'],
  ['trust-v1.json', 'signing/trust-file.js', 'trustFileSchema'],
  ['trust-local.json', 'signing/trust-store.js', 'localTrustSchema'],
  ['model-config.json', 'script/model-config-schema.js', 'modelConfigSchema'],
  ['thresholds.json', 'script/thresholds-schema.js', 'thresholdsSchema'],
  ['transforms.json', 'script/transforms-schema.js', 'transformsSchema'],
  ['rules.json', 'script/rules-schema.js', 'rulesSchema'],
  ['benchmark.json', 'bench/benchmark-schema.js', 'benchmarkSchema'],
  ['bench-report-v1.json', 'bench/bench-report-schema.js', 'benchReportSchema'],
  ['bench-comparison-v1.json', 'bench/bench-comparison-schema.js', 'benchComparisonSchema'],
  ['bench-recorded-comparison-v1.json', 'bench/recorded-comparison-schema.js', 'recordedComparisonSchema'],
  ['bench-sample-v1.json', 'bench/sample-table.js', 'sampleSchema'],
];

export async function render() {
  const files = [];
  for (const [name, module, constant] of schemas) {
    const { [constant]: schema } = await import(new URL(`../../dist/${module}`, import.meta.url).href);
    files.push({ path: `schemas/${name}`, text: `${JSON.stringify(schema, null, 2)}\n` });
  }
  return files;
}
