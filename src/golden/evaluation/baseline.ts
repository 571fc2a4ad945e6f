// The figures of an earlier evaluation, kept in the project so that a change shows.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from '../../core/atomic-write.ts';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';
import { brokenRules } from '../../schema/broken-rules.ts';
import { lazySchema } from '../../schema/compile-schema.ts';
import type { PluginSubject } from '../plugin-subject.ts';
import type { BaselineDelta, EvaluationReport, Figures } from './evaluation-report.ts';
import { baselineSchema } from './evaluation-schema.ts';

interface Baseline {
  readonly reason: string;
  readonly pictures: string;
  readonly figures: Figures;
}

const check = lazySchema(baselineSchema);

/** Where a subject's baseline is: beside its references. */
export function baselinePath({ expectedResults }: PluginSubject): string {
  return join(dirname(expectedResults), 'evaluation_baseline.json');
}

/**
 * Compares figures with the recorded ones; null where nothing is recorded.
 *
 * @throws {@link KitError} `FILE_INVALID` naming every bad field of the baseline.
 */
export async function deltaToBaseline(path: string, pictures: string, figures: Figures): Promise<BaselineDelta | null> {
  const there = await readFile(path).then(
    () => true,
    () => false,
  );
  if (!there) return null;
  const value = await readJsonFile(path);
  const broken = brokenRules(check(value));
  if (broken !== undefined)
    throw new KitError('FILE_INVALID', `${path}: ${broken}`, { hint: 'record it again: mvas golden evaluate --record' });
  const former = value as Baseline;
  const off = (name: keyof Figures): number | null => {
    const [now, then] = [figures[name], former.figures[name]];
    return now === null || then === null ? null : now - then;
  };
  const delta = Object.fromEntries((Object.keys(figures) as (keyof Figures)[]).map((name) => [name, off(name)])) as BaselineDelta['delta'];
  return { figures: former.figures, delta, otherPictures: former.pictures !== pictures, reason: former.reason };
}

/** Writes a report's figures as the new baseline. */
export async function recordBaseline(path: string, { pictures, figures }: EvaluationReport, reason: string): Promise<void> {
  const baseline: Baseline & { $schema: string } = { $schema: baselineSchema.$id, reason, pictures, figures };
  await writeFileAtomic(path, `${JSON.stringify(baseline, null, 2)}\n`);
}
