// What a new project is asked: each question once, with its suggestion, its rule and its flag.
import { appIdProblem } from '../core/app-id.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, isPlatformKey, type PlatformKey, platformKeys } from '../core/platform.ts';
import type { ModelFacts } from './from-model/model-facts.ts';

/** The services that templates have a workflow for, and none. */
export const ciServices: readonly ContinuousIntegration[] = ['github', 'none'];

/** One of them. */
export type ContinuousIntegration = 'github' | 'none';

/** The answers a project is made from; they are recorded in `.mvas/scaffold.json`. */
export interface Answers {
  /** Name of the npm package and of the CMake project. */
  readonly name: string;
  readonly title: string;
  readonly appId: string;
  readonly author: string;
  readonly description: string;
  readonly platforms: readonly PlatformKey[];
  /** Which service's workflow the project carries. */
  readonly ci: ContinuousIntegration;
  /** Year of the copyright line. */
  readonly year: number;
  /** The model that the project was made for, where it was made for one. */
  readonly model?: ModelFacts;
}

/** Answers as people give them: texts; a list is joined by commas. */
export type GivenAnswers = { readonly [Key in Exclude<keyof Answers, 'model'>]?: string | undefined };

/** The answers that a person gives. */
type AskedKey = Exclude<keyof Answers, 'model'>;

/** One question. */
export interface Question {
  readonly key: AskedKey;
  readonly flag: string;
  readonly message: string;
  /** What is taken when nobody answers; a question without it must be answered. */
  readonly suggest?: (given: GivenAnswers) => string;
  /** Which rule an answer breaks, or undefined. */
  readonly problem: (answer: string) => string | undefined;
}

const line = (maxLength: number) => (answer: string) => {
  if (answer.trim() === '') return 'must not be empty';
  if (answer.length > maxLength) return `must have at most ${maxLength} characters`;
  // It is written into JSON, C++, CMake and Markdown without escapes.
  return /[\p{Cc}"\\`$<>{}]/u.test(answer) ? 'must be one line without " \\ ` $ < > { }' : undefined;
};

/** The questions in the order in which they are asked. */
export const questions: readonly Question[] = [
  {
    key: 'name',
    flag: '--name',
    message: 'Package name',
    problem: (answer) =>
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(answer) && answer.length <= 60
        ? undefined
        : 'must be at most 60 lower-case letters and digits in words joined by hyphens, like bottle-cap',
  },
  {
    key: 'title',
    flag: '--title',
    message: 'Title that people read',
    suggest: ({ name = '' }) => capitalised(name.replaceAll('-', ' ')),
    problem: line(80),
  },
  {
    key: 'appId',
    flag: '--app-id',
    message: 'App id, a reverse domain name (com.acme.bottle-cap)',
    problem: appIdProblem,
  },
  {
    key: 'author',
    flag: '--author',
    message: 'Author or company',
    suggest: ({ appId = '' }) => capitalised(appId.split('.').at(-2) ?? appId),
    problem: line(80),
  },
  {
    key: 'description',
    flag: '--description',
    message: 'What it inspects, in one sentence',
    suggest: ({ title }) => `${title}: tells good parts from defective ones by their photographs`,
    problem: line(300),
  },
  {
    key: 'platforms',
    flag: '--platforms',
    message: 'Platforms to build for',
    suggest: () => hostPlatform(),
    problem: (answer) => {
      const unknown = listOf(answer).find((key) => !isPlatformKey(key));
      return unknown === undefined && answer !== '' ? undefined : `must be some of ${platformKeys.join(', ')}`;
    },
  },
  {
    key: 'ci',
    flag: '--ci',
    message: `Workflow that builds and tests every change (${ciServices.join(' or ')})`,
    suggest: () => 'github',
    problem: (answer) => (isCiService(answer) ? undefined : `must be ${ciServices.join(' or ')}`),
  },
  {
    key: 'year',
    flag: '--year',
    message: 'Year of the copyright line',
    suggest: () => String(new Date().getFullYear()),
    problem: (answer) => (/^\d{4}$/.test(answer) ? undefined : 'must be a year of four digits'),
  },
];

function isCiService(text: string): text is ContinuousIntegration {
  return ciServices.some((service) => service === text);
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The entries of a comma-separated answer. */
export function listOf(answer: string): string[] {
  return answer
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * Fills in suggestions and checks every answer.
 *
 * @throws {@link KitError} `ANSWER_MISSING` naming every required answer that is missing, `FLAG_INVALID` naming every bad one with its rule.
 */
export function completeAnswers(given: GivenAnswers): Answers {
  const answers = definedOnly(given);
  const missing = questions.filter(({ key, suggest }) => answers[key] === undefined && suggest === undefined);
  if (missing.length > 0) throw missingAnswer(missing.map(({ flag, message }) => `${flag} (${message})`));
  for (const { key, suggest } of questions) answers[key] ??= suggest?.(answers);
  const complete = answers as Record<AskedKey, string>;
  const bad = questions.flatMap(({ key, flag, problem }) => {
    const rule = problem(complete[key]);
    return rule === undefined ? [] : [`${flag} "${complete[key]}" ${rule}`];
  });
  if (bad.length === 0) return parsed(complete);
  throw new KitError('FLAG_INVALID', bad.join('; '), { hint: 'give another answer by that flag or in the answers file' });
}

/** The error for answers that nobody gave and nobody can be asked for. */
export function missingAnswer(what: readonly string[]): KitError {
  return new KitError('ANSWER_MISSING', `no answer for ${what.join(', ')}`, {
    hint: 'give it by flag or in a file by --answers, or run on a terminal without --yes to be asked',
  });
}

function definedOnly(given: GivenAnswers): { -readonly [Key in AskedKey]?: string | undefined } {
  return Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== undefined));
}

function parsed({ platforms, ci, year, ...texts }: Record<AskedKey, string>): Answers {
  const { name, title, appId, author, description } = texts;
  const keys = [...new Set(listOf(platforms).filter(isPlatformKey))];
  return { name, title, appId, author, description, platforms: keys, ci: isCiService(ci) ? ci : 'none', year: Number(year) };
}
