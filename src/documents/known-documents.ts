// The JSON files of a project or package beside its manifest: where they lie, and by what they are judged.
import { benchmarkSchema } from '../bench/benchmark-schema.ts';
import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import { systemReason } from '../core/read-error.ts';
import { expectedResultsSchema } from '../golden/expected-schema.ts';
import type { ManifestProblem } from '../manifest/check-manifest.ts';
import type { ReadText } from '../manifest/effective-config.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { lazySchema, type SchemaCheck, type SchemaProblem } from '../schema/compile-schema.ts';
import { modelConfigSchema } from '../script/model-config-schema.ts';
import { rulesSchema } from '../script/rules-schema.ts';
import { thresholdsSchema } from '../script/thresholds-schema.ts';
import { transformsSchema } from '../script/transforms-schema.ts';

interface KnownDocument {
  readonly id: string;
  readonly check: SchemaCheck;
  readonly paths: (manifest: Manifest) => readonly (string | undefined)[];
  /** `strict`: what reads it refuses anything unknown; `tolerant`: unknown fields are ignored; `own`: authors may mean something else by it. */
  readonly reader: 'strict' | 'tolerant' | 'own';
  readonly judge?: (value: unknown) => SchemaProblem[];
}

const documents: readonly KnownDocument[] = [
  { ...described(expectedResultsSchema), paths: (manifest) => [expectedResults(manifest)], reader: 'strict' },
  { ...described(benchmarkSchema), paths: (manifest) => [beside(expectedResults(manifest), 'benchmark.json')], reader: 'strict' },
  {
    ...described(modelConfigSchema),
    paths: (manifest) => ['models/model_config.json', ...(manifest.package_type === 'native' ? [manifest.plugin.model.config] : [])],
    reader: 'own',
  },
  {
    ...described(thresholdsSchema),
    paths: () => ['config/thresholds.json', 'rules/thresholds.json'],
    reader: 'own',
    judge: (value) => crossedLimits(value, ''),
  },
  { ...described(transformsSchema), paths: (manifest) => [scriptPath(manifest, 'preprocessing')], reader: 'tolerant' },
  {
    ...described(rulesSchema),
    paths: (manifest) => [scriptPath(manifest, 'postprocessing')],
    reader: 'tolerant',
    judge: (value) => crossedLimits((value as { thresholds?: unknown }).thresholds, '/thresholds'),
  },
];

/** Everything that is wrong with the files beside a manifest that are there; what is missing is no business of this. */
export async function documentProblems(manifest: Manifest, readText: ReadText): Promise<ManifestProblem[]> {
  const found: ManifestProblem[] = [];
  for (const document of documents) {
    const paths = new Set(document.paths(manifest).filter((path) => path !== undefined));
    for (const path of paths) found.push(...(await problemsOf(document, path, readText)));
  }
  return found;
}

async function problemsOf(document: KnownDocument, file: string, readText: ReadText): Promise<ManifestProblem[]> {
  const read = await readDocument(file, readText);
  if (read === undefined) return [];
  if ('rule' in read) return [{ severity: 'error', file, pointer: '', rule: read.rule }];
  const { value } = read;
  const { check, judge = () => [], reader, id } = document;
  const wrong = check(value);
  // a file that names the schema is meant to keep it, whoever may write such files
  const isMeant = reader !== 'own' || (value as { $schema?: unknown } | null)?.$schema === id;
  return (wrong.length > 0 ? wrong : judge(value)).map(({ unknownKey, ...problem }) => {
    const isError = isMeant && (!unknownKey || reader === 'strict');
    return { severity: isError ? 'error' : 'warning', file, ...problem };
  });
}

/** What a file holds, or why that cannot be told; undefined where there is none. */
async function readDocument(file: string, readText: ReadText): Promise<{ value: unknown } | { rule: string } | undefined> {
  let text = '';
  try {
    text = (await readText(file)).replace(/^\uFEFF/, '');
    return { value: JSON.parse(text) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    return { rule: error instanceof SyntaxError ? jsonFault(text, error) : `cannot be read: ${systemReason(file, error)}` };
  }
}

/** Between two limits that have changed places nothing can lie. */
function crossedLimits(thresholds: unknown, at: string): SchemaProblem[] {
  return Object.entries(thresholds ?? {}).flatMap(([name, limits]: [string, { pass: number; review: number }]) => {
    if (name === '$schema' || limits.pass <= limits.review) return [];
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}/pass`;
    return [{ pointer, rule: `must not be above review, which is ${limits.review}`, value: limits.pass, unknownKey: false }];
  });
}

function described(schema: { readonly $id: string }): Pick<KnownDocument, 'id' | 'check'> {
  return { id: schema.$id, check: lazySchema(schema) };
}

function expectedResults({ package_type, testing }: Manifest): string {
  return testing.expected_results ?? (package_type === 'native' ? 'test/expected_results.json' : 'tests/expected_results.json');
}

function beside(path: string, name: string): string {
  return [...path.split('/').slice(0, -1), name].join('/');
}

function scriptPath(manifest: Manifest, section: 'preprocessing' | 'postprocessing'): string | undefined {
  return manifest.package_type === 'native' ? undefined : manifest[section];
}

function isMissing(error: unknown): boolean {
  if (error instanceof KitError) return error.code === 'FILE_NOT_FOUND';
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
