// Reads answers from a JSON file, the same that `.mvas/scaffold.json` of a project records.
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { type GivenAnswers, questions } from './answers.ts';

/**
 * Reads `{"appId": "com.acme.cap", "platforms": ["linux-x64"], …}`.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` naming every key that is no answer.
 */
export async function readAnswersFile(path: string): Promise<GivenAnswers> {
  return parseAnswers(await readJsonFile(path), path);
}

/**
 * Takes answers from JSON that was read from `path`.
 *
 * @throws {@link KitError} `FILE_INVALID` naming every key that is no answer.
 */
export function parseAnswers(read: unknown, path: string): GivenAnswers {
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new KitError('FILE_INVALID', `${path} must hold a JSON object of answers`);
  const known = questions.map(({ key }) => key);
  const unknown = Object.keys(read).filter((key) => !known.some((name) => name === key));
  if (unknown.length > 0) {
    throw new KitError('FILE_INVALID', `${path} answers questions that nobody asks: ${unknown.join(', ')}`, {
      hint: `the answers are ${known.join(', ')}`,
    });
  }
  return Object.fromEntries(Object.entries(read).map(([key, answer]) => [key, textOf(path, key, answer)]));
}

function textOf(path: string, key: string, answer: unknown): string {
  if (Array.isArray(answer)) return answer.map((entry) => textOf(path, key, entry)).join(',');
  if (typeof answer === 'string' || typeof answer === 'number') return String(answer);
  throw new KitError('FILE_INVALID', `${path}: ${key} must be a text, a number or a list of texts`);
}
