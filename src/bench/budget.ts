// test/benchmark.json: the picture to time, and the limits that must hold.
import { stat } from 'node:fs/promises';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { lazySchema } from '../schema/compile-schema.ts';
import { benchmarkSchema } from './benchmark-schema.ts';
import { type LatencyStats, neededSamples } from './percentiles.ts';
import { replayTakt } from './takt.ts';

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

/** A limit and whether it holds; null when there were too few samples to say. */
export interface BudgetLine {
  readonly limit: keyof Omit<Budget, 'image'>;
  readonly allowed: number;
  readonly value: number | null;
  readonly ok: boolean | null;
  readonly note?: string;
}

/** What a budget is held against. */
export interface Measured {
  readonly wallMs: readonly number[];
  readonly latency: LatencyStats;
  readonly throughputFps: number;
  readonly readyMs: number;
  readonly memoryMb: number;
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
  const problems = check(value).map(
    ({ pointer, rule, suggestion }) => `${pointer || '/'} ${rule}${suggestion ? ` (did you mean ${suggestion}?)` : ''}`,
  );
  if (problems.length === 0) return value as Budget;
  throw new KitError('FILE_INVALID', `${path}: ${problems.join('; ')}`, { hint: 'schemas/benchmark.json describes the file' });
}

/** Samples without which some limit of a budget cannot be judged. */
export function samplesFor(budget: Budget): number {
  const needs = [budget.p99_ms, budget.takt_ms].some((limit) => limit !== undefined);
  return needs ? neededSamples.p99 : budget.throughput_fps === undefined ? 1 : neededSamples.p90;
}

/** Holds measurements against a budget, one line a limit. */
export function judgeBudget(budget: Budget, { wallMs, latency, throughputFps, readyMs, memoryMb }: Measured): BudgetLine[] {
  const earned = latency.samples >= samplesFor(budget);
  const missing = `${samplesFor(budget)} samples needed, ${latency.samples} measured`;
  const line = (
    limit: BudgetLine['limit'],
    value: number | null,
    ok: (value: number, allowed: number) => boolean,
    note?: string,
  ): BudgetLine[] => {
    const allowed = budget[limit];
    if (allowed === undefined) return [];
    if (value === null) return [{ limit, allowed, value, ok: null, note: missing }];
    return [{ limit, allowed, value, ok: ok(value, allowed), ...(note === undefined ? {} : { note }) }];
  };
  const atMost = (value: number, allowed: number): boolean => value <= allowed;
  const takt = replayTakt(wallMs, budget.takt_ms ?? Number.POSITIVE_INFINITY);
  return [
    ...line('p99_ms', latency.p99, atMost),
    ...line('takt_ms', earned ? takt.worstMs : null, atMost, `${takt.missed} of ${takt.parts} parts late`),
    ...line('throughput_fps', earned ? throughputFps : null, (value, allowed) => value >= allowed),
    ...line('load_ms', readyMs, atMost),
    ...line('memory_mb', memoryMb, atMost),
  ];
}
