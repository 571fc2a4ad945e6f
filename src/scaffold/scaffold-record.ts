// The record by which a project knows what it was made from: .mvas/scaffold.json.
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { type Answers, completeAnswers } from './answers.ts';
import { parseAnswers } from './answers-file.ts';
import type { ModelFacts } from './from-model/model-facts.ts';

/** What a project was made from. */
export interface ScaffoldRecord {
  /** Name of the template. */
  readonly template: string;
  /** Version of the kit that made the project or upgraded it last. */
  readonly version: string;
  /** Digest of the template and the SDK of that version. */
  readonly digest: string;
  readonly answers: Answers;
}

/** Where the record lies in a project. */
export const recordPath = '.mvas/scaffold.json';

/** The bytes of a record. */
export function recordData({ template, version, digest, answers }: ScaffoldRecord): Buffer {
  return Buffer.from(`${JSON.stringify({ template, version, digest, answers }, null, 2)}\n`);
}

/**
 * The nearest folder at or above `folder` that holds a record.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when there is none.
 */
export async function findScaffolded(folder: string): Promise<string> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (await stat(join(at, recordPath)).catch(() => undefined)) return at;
    if (at !== dirname(at)) continue;
    throw new KitError('FILE_NOT_FOUND', `${resolve(folder)} is in no project that mvas new made: there is no ${recordPath}`, {
      hint: 'go to the folder of your plugin; a project without that file cannot be upgraded or added to',
    });
  }
}

/**
 * Reads the record of the project in `root`.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, or `FILE_INVALID` naming what is wrong in it.
 */
export async function readRecord(root: string): Promise<ScaffoldRecord> {
  const path = join(root, recordPath);
  const read = await readJsonFile(path);
  const { template, version, digest, answers } = (typeof read === 'object' && read !== null ? read : {}) as Record<string, unknown>;
  const texts = [template, version, digest].filter((value) => typeof value === 'string' && value !== '');
  if (texts.length < 3 || typeof answers !== 'object') {
    throw new KitError('FILE_INVALID', `${path} must have the texts template, version and digest, and the answers`, {
      hint: 'take it back from version control',
    });
  }
  // a project from before a question was asked has not got what the answer brings
  const { model, ...asked } = (answers ?? {}) as { readonly model?: ModelFacts };
  const given = { ci: 'none', ...parseAnswers(asked, `${path}, answers`) };
  const complete = { ...completeAnswers(given), ...(model === undefined ? {} : { model }) };
  return { template: String(template), version: String(version), digest: String(digest), answers: complete };
}
