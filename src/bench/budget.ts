// test/benchmark.json: the picture to time, and the limits that must hold.
import { stat } from 'node:fs/promises';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { benchmarkSchema } from './benchmark-schema.ts';

/** Limits of a plugin's speed; each is optional. */
export interface Budget {
  /** Picture to time, relative to the file. */
  readonly image?: string;
  readonly p99_ms?: number;
  /** Every part must be done within one takt of when it was due. */
  readonly takt_ms?: number;
  /** Inspections a second, one after the other. */
  readonly throughput_fps?: number;
  /** From opening the library to ready. */
  readonly load_ms?: number;
  /** What the plugin adds to the memory of its host at most; MiB. */
  readonly memory_mb?: number;
}

const check = lazySchema(benchmarkSchema);

/**
 * Reads a budget; a missing file has neither picture nor limits.
 *
 * @throws {@link KitError} `FILE_INVALID` naming every bad field.
 */
export async function readBudget(path: string): Promise<Budget> {
  if ((await stat(path).catch(() => undefined)) === undefined) return {};
  const value = await readJsonFile(path);
  const problems = check(value).map(ruleText);
  if (problems.length === 0) return value as Budget;
  throw new KitError('FILE_INVALID', `${path}: ${problems.join('; ')}`, { hint: 'schemas/benchmark.json describes the file' });
}
