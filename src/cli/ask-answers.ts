// Asks a person for the answers that flags and files left open.
import { cancel, intro, isCancel, multiselect, select, text } from '@clack/prompts';
import { KitError } from '../core/kit-error.ts';
import { isPlatformKey, platformKeys } from '../core/platform.ts';
import { ciServices, type GivenAnswers, listOf, type Question, questions } from '../scaffold/answers.ts';
import type { Template } from '../scaffold/template.ts';

/** What this machine knows without asking, and is only asked for by flag or file. */
const unasked: readonly string[] = ['year'];

/** Asks for the folder of the new project. */
export async function askFolder(): Promise<string> {
  intro('A new inspection plugin');
  return answered(await text({ message: 'Folder of the project', placeholder: 'my-inspection', defaultValue: 'my-inspection' }));
}

/** Asks which template to use; with a single one there is nothing to ask. */
export async function askTemplate(templates: readonly Template[]): Promise<string> {
  const [only, ...others] = templates;
  if (only !== undefined && others.length === 0) return only.id;
  return answered(
    await select({ message: 'Template', options: templates.map(({ id, title, summary }) => ({ value: id, label: title, hint: summary })) }),
  );
}

/** Asks every question that has no answer yet, or one that breaks its rule, offering its suggestion. */
export async function askQuestions(given: GivenAnswers): Promise<GivenAnswers> {
  const answers: { [key: string]: string | undefined } = { ...given };
  for (const question of questions) {
    const answer = answers[question.key];
    const settled = answer === undefined ? unasked.includes(question.key) : question.problem(answer) === undefined;
    if (!settled) answers[question.key] = await ask(question, answers);
  }
  return answers;
}

async function ask({ key, message, suggest, problem }: Question, given: GivenAnswers): Promise<string> {
  const suggestion = suggest?.(given);
  if (key === 'platforms') return askPlatforms(message, listOf(suggestion ?? ''));
  if (key === 'ci') return answered(await select({ message, options: ciServices.map((value) => ({ value, label: value })) }));
  const asked = suggestion === undefined ? {} : { defaultValue: suggestion, placeholder: suggestion };
  return answered(await text({ message, ...asked, validate: (answer) => problem(answer || suggestion || '') }));
}

async function askPlatforms(message: string, suggested: readonly string[]): Promise<string> {
  const options = platformKeys.map((value) => ({ value, label: value }));
  return answered(await multiselect({ message, options, initialValues: suggested.filter(isPlatformKey), required: true })).join(',');
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel('Nothing was created.');
  throw new KitError('INTERRUPTED', 'interrupted; nothing was created');
}
