// The templates a project can be made from: those shipped with the kit, or a folder of the user's own.
import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { kitRoot } from '../core/kit-version.ts';

/** A template: a plain project tree, described by its template.json. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
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

async function readTemplate(folder: string): Promise<Template> {
  const path = join(folder, templateFile);
  const read = await readJsonFile(path);
  if (!isDescription(read)) {
    throw new KitError('FILE_INVALID', `${path} must have the texts title and summary and the list of texts tools`);
  }
  return { id: basename(folder), title: read.title, summary: read.summary, tools: read.tools, folder };
}

function isDescription(value: unknown): value is Pick<Template, 'title' | 'summary' | 'tools'> {
  if (typeof value !== 'object' || value === null) return false;
  const { title, summary, tools } = value as Partial<Record<string, unknown>>;
  const texts = [title, summary, ...(Array.isArray(tools) ? tools : [undefined])];
  return texts.every((text) => typeof text === 'string' && text !== '');
}
