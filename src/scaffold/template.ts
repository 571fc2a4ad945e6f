// The templates a project can be made from: those shipped with the kit, or a folder of the user's own.
import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { kitRoot } from '../core/kit-version.ts';

/** Files that a template takes from a shipped one instead of having copies. */
export interface SharedFiles {
  readonly template: string;
  /** Files, and folders with a slash at the end; a file of the template's own wins. */
  readonly paths: readonly string[];
}

/** A template: a plain project tree, described by its template.json. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What plugins made from it are written in; a template of the user's own need not say. */
  readonly language?: string;
  /** What runs the model. */
  readonly engine?: string;
  /** It is rendered only for a model that the user has. */
  readonly needs?: 'model';
  /** Files that are those of a shipped template. */
  readonly shared?: SharedFiles;
  /** Programs that building its projects needs. */
  readonly tools: readonly string[];
  readonly folder: string;
}

/** File that describes a template; it is not copied into projects. */
export const templateFile = 'template.json';

const shipped = fileURLToPath(new URL('templates/', kitRoot));

/** All templates shipped with the kit, by name. */
export async function listTemplates(): Promise<Template[]> {
  const names = await readdir(shipped).catch(() => []);
  return await Promise.all(names.sort().map((name) => readTemplate(join(shipped, name))));
}

/**
 * Opens a shipped template by name, or a folder by a path with a slash in it.
 *
 * @throws {@link KitError} `FLAG_INVALID` when there is none, `FILE_INVALID` when its template.json is wrong.
 */
export async function openTemplate(name: string, cwd: string): Promise<Template> {
  const own = isAbsolute(name) || /[\\/]/.test(name);
  const folder = own ? resolve(cwd, name) : join(shipped, name);
  if (await stat(join(folder, templateFile)).catch(() => undefined)) return readTemplate(folder);
  if (own) throw new KitError('FLAG_INVALID', `${folder} is no template: it has no ${templateFile}`, { hint: 'check the path' });
  const ids = (await listTemplates()).map(({ id }) => id);
  throw new KitError('FLAG_INVALID', `there is no template "${name}"`, {
    hint: `choose one of ${ids.join(', ')}, or give a folder by its path`,
  });
}

/** What a template is asked for by; what is left out may be anything. */
export interface TemplateWish {
  readonly language?: string | undefined;
  /** What runs the model: `onnx`, `tensorrt`. */
  readonly engine?: string | undefined;
}

/**
 * The shipped template for a language and an engine, the simplest one that fits.
 *
 * @throws {@link KitError} `FLAG_INVALID` when there is none.
 */
export async function templateFor({ language, engine }: TemplateWish): Promise<string> {
  const templates = await listTemplates();
  const ofLanguage = templates
    .filter(({ needs }) => needs === undefined)
    .filter((template) => language === undefined || template.language === language);
  if (ofLanguage.length === 0) throw noTemplate(`the language "${language}"`, templates, 'language');
  const fitting = ofLanguage.filter((template) => engine === undefined || template.engine === engine);
  const [found] = fitting;
  if (found !== undefined) return found.id;
  throw noTemplate(`the engine "${engine}"${language === undefined ? '' : ` in the language "${language}"`}`, ofLanguage, 'engine');
}

function noTemplate(what: string, templates: readonly Template[], choice: 'language' | 'engine'): KitError {
  const choices = new Set(templates.flatMap((template) => template[choice] ?? []));
  return new KitError('FLAG_INVALID', `there is no template for ${what}`, { hint: `choose one of ${[...choices].join(', ')}` });
}

/** The folder of a shipped template. */
export function shippedFolder(id: string): string {
  return join(shipped, id);
}

async function readTemplate(folder: string): Promise<Template> {
  const path = join(folder, templateFile);
  const read = await readJsonFile(path);
  if (!isDescription(read)) {
    throw new KitError(
      'FILE_INVALID',
      `${path} must have the texts title and summary and the list of texts tools, may have the texts language and engine, and shared with a template and its paths`,
    );
  }
  return { ...read, id: basename(folder), folder };
}

function isDescription(value: unknown): value is Omit<Template, 'id' | 'folder'> {
  if (!isRecord(value)) return false;
  const { title, summary, tools, language = 'any', engine = 'any', shared } = value;
  return areTexts([title, summary, language, engine]) && areTexts(tools) && (shared === undefined || isShared(shared));
}

function isShared(value: unknown): value is SharedFiles {
  return isRecord(value) && areTexts([value['template']]) && areTexts(value['paths']);
}

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '');
}
