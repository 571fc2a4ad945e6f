// Adds a language: the texts that people read in hosts, to be translated.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import type { Decision } from '../upgrade/decide-file.ts';
import { setValues } from '../upgrade/merge-json.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { type AddOptions, addToProject } from './add-to-project.ts';
import { addValues, readObject, valueAt } from './edit-json.ts';

type Text = readonly [readonly string[], string];

/**
 * Writes `localization/<tag>.json` with the manifest's texts; texts that it has already stay, those of new settings are added.
 *
 * @throws {@link KitError} `FLAG_INVALID` for what is no language tag, `FILE_NOT_FOUND` outside a project, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function addLanguage(tag: string, options: AddOptions, io: Io): Promise<MergeReport> {
  const language = canonical(tag);
  const path = `localization/${language}.json`;
  return await addToProject(
    options,
    async ({ root }) => {
      const texts = textsOf(await readObject(root, 'manifest.json'));
      const there = await lstat(join(root, path)).catch(() => undefined);
      const decision = there === undefined ? newFile(path, language, texts) : await addValues(root, path, texts);
      const notes = decision.changes.length > 0 ? [`translate the texts in ${path}: they are those of manifest.json`] : [];
      return { also: [decision], notes };
    },
    io,
  );
}

function canonical(tag: string): string {
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    if (language !== undefined) return language;
  } catch {
    // said below
  }
  throw new KitError('FLAG_INVALID', `"${tag}" is no language tag`, { hint: 'give one such as de, zh or pt-BR' });
}

/** What people read of an app: its name and description, and labels and descriptions of its settings. */
function textsOf(manifest: Record<string, unknown>): Text[] {
  const settings = valueAt(manifest, ['configuration', 'user_configurable']);
  const places = Array.isArray(settings)
    ? settings.map((setting: unknown) => [['settings', String(valueAt(setting, ['key']))], setting] as const)
    : [];
  const app = (['name', 'description'] as const).map((key) => [['app', key], valueAt(manifest, ['app', key])] as const);
  const labels = places.flatMap(([place, setting]) =>
    ['label', 'description'].map((key) => [[...place, key], valueAt(setting, [key])] as const),
  );
  return [...app, ...labels].flatMap(([keys, text]) => (typeof text === 'string' ? [[keys, text] as const] : []));
}

function newFile(path: string, language: string, texts: readonly Text[]): Decision {
  const empty = `${JSON.stringify({ language }, null, 2)}\n`;
  const text = setValues(
    empty,
    texts.map(([keys, value]) => ({ path: [...keys], value })),
  );
  return { path, action: 'create', changes: [{ path, data: Buffer.from(text), mode: 0o644 }] };
}
