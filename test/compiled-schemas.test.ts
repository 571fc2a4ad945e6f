// The checks that the build compiled ahead say word for word what schemas compiled at run time say.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lazySchema, type SchemaCheck } from '../src/schema/compile-schema.ts';
import { readyMadeName } from '../src/schema/ready-made.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const built: { lazySchema(schema: object): SchemaCheck } = await import(join(root, 'dist/schema/compile-schema.js'));
const documents = [
  ['schemas/manifest-v2-native.json', 'test/fixtures/native-manifest.json'],
  ['schemas/expected-results.json', 'templates/cpp-onnx/test/expected_results.json'],
] as const;

describe.each(documents)('%s', (schemaPath, documentPath) => {
  const schema = read(schemaPath) as object;
  const document = read(documentPath);
  const [now, ahead] = [lazySchema(schema), built.lazySchema(schema)];

  test('is compiled by the build', () => {
    expect(existsSync(join(root, 'dist/schema/compiled', readyMadeName(schema)))).toBe(true);
  });

  test('finds the same problems in anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(ahead(value)).toEqual(now(value));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('finds the same problems when any one value of a good document is another', () => {
    expect(ahead(document)).toEqual([]);
    for (const changed of variants(document)) expect(ahead(changed)).toEqual(now(changed));
  });
});

/** The document with one value after the other replaced by a few wrong ones, or left out. */
function* variants(value: unknown): Generator<unknown> {
  yield* [null, -1, 1.5, 'Ünknown', [], {}];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of variants(inner)) yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    if (!Array.isArray(value)) yield { ...value, [`${key}x`]: inner, [key]: undefined };
  }
}
