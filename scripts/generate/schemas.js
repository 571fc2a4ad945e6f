// Writes schemas/ from the schemas in the code: what `$schema` in a file points to.
const schemas = [
  ['expected-results', 'golden/expected-schema.js', 'expectedResultsSchema'],
  ['golden-report', 'golden/golden-report-schema.js', 'goldenReportSchema'],
  ['benchmark', 'bench/benchmark-schema.js', 'benchmarkSchema'],
  ['bench-report', 'bench/bench-report-schema.js', 'benchReportSchema'],
];

export async function render() {
  const files = [];
  for (const [name, module, constant] of schemas) {
    const { [constant]: schema } = await import(new URL(`../../dist/${module}`, import.meta.url).href);
    files.push({ path: `schemas/${name}.schema.json`, text: `${JSON.stringify(schema, null, 2)}\n` });
  }
  return files;
}
