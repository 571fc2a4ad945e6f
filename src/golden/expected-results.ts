// What expected_results.json holds, and how it is read and written.
import { stat } from 'node:fs/promises';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import type { Box } from '../harness/plugin-host.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import type { ExpectedScore } from './compare-values.ts';
import { expectedResultsSchema } from './expected-schema.ts';
import type { Tolerance } from './tolerance.ts';

/** Where a reference comes from: digests are SHA-256 in hexadecimal; `config` is that of the settings with sorted keys. */
export interface Provenance {
  readonly model: string | null;
  readonly config: string;
  readonly image: string;
  /** Shown, never judged: a rebuilt plugin is what a reference is for. */
  readonly plugin?: string;
  readonly kit?: string;
  readonly platform?: string;
  /** Why it was recorded, in the words of who did it. */
  readonly reason?: string;
  /** Largest differences between the runs that were made before recording. */
  readonly spread?: { readonly confidence: number; readonly anomaly_score: number; readonly anomaly_map: number };
}

/** The reference of one image. Only what is there is compared; null means that the plugin must give none. */
export interface ExpectedCase {
  /** Path relative to the folder of test images, with `/`. */
  readonly image: string;
  readonly decision: string | readonly string[];
  readonly confidence?: ExpectedScore;
  readonly anomaly_score?: ExpectedScore;
  readonly bboxes?: readonly (Box & { readonly label?: string })[];
  readonly details?: unknown;
  /** `file` is relative to expected_results.json. */
  readonly anomaly_map?: MapReference | null;
  readonly visualization?: { readonly file: string; readonly width: number; readonly height: number } | null;
  /** SHA-256 of the decoded picture as packed RGB. */
  readonly pixels_sha256?: string;
  readonly provenance?: Provenance;
  readonly tolerance?: Tolerance;
}

/** Where a map's values are, and a summary for people. */
export interface MapReference {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
}

/** The whole file. */
export interface ExpectedResults {
  readonly $schema?: string;
  readonly tolerance?: Tolerance;
  readonly images: readonly ExpectedCase[];
}

const check = lazySchema(expectedResultsSchema);

/**
 * Reads the references; a missing file holds none.
 *
 * @throws {@link KitError} `FILE_INVALID` naming every bad field.
 */
export async function readExpectedResults(path: string): Promise<ExpectedResults> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (!there) return { images: [] };
  const value = await readJsonFile(path);
  const problems = problemsOf(value);
  if (problems.length === 0) return value as ExpectedResults;
  throw new KitError('FILE_INVALID', `${path}: ${problems.join('; ')}`, {
    hint: 'schemas/expected-results.json describes the file',
  });
}

/**
 * The text of a file of references, as people can read it.
 *
 * @throws {@link KitError} `FILE_INVALID` when it could not be read back, because of a picture's name or a value.
 */
export function formatExpectedResults(path: string, results: ExpectedResults): string {
  const { images, ...rest } = results;
  const text = `${JSON.stringify({ $schema: expectedResultsSchema.$id, ...rest, images }, null, 2)}\n`;
  const problems = problemsOf(JSON.parse(text));
  if (problems.length === 0) return text;
  throw new KitError('FILE_INVALID', `${path} could not be read back: ${problems.join('; ')}`, {
    hint: 'rename the picture, or mend the value in the plugin',
  });
}

function problemsOf(value: unknown): string[] {
  const problems = check(value).map(ruleText);
  if (problems.length > 0) return problems;
  const names = (value as ExpectedResults).images.map(({ image }) => image);
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => `/images names ${name} twice`);
}
