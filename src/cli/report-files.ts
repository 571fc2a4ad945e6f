// `--report <file>`: the extension says in which form a report is written.
import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeError, writeFileAtomic } from '../core/atomic-write.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';

/** Renders a report in one form. */
export type RenderReport<R> = (report: R) => string | Promise<string>;

/** Forms by their extensions, longest first where one ends like another. */
export type ReportForms<R> = Readonly<Record<`.${string}`, RenderReport<R>>>;

interface PlannedReport<R> {
  readonly path: string;
  readonly render: RenderReport<R>;
  /** GitHub collects the summaries of all steps in one file. */
  readonly append: boolean;
}

/**
 * Finds the form of each file before anything is run. The file that GITHUB_STEP_SUMMARY names gets Markdown at its end.
 *
 * @throws {@link KitError} `FLAG_INVALID` for an extension that stands for no form, and for a file that is named twice.
 */
export function planReports<R>(files: readonly string[], forms: ReportForms<R>, { cwd, env }: Pick<Io, 'cwd' | 'env'>): PlannedReport<R>[] {
  const planned = files.map((file): PlannedReport<R> => {
    const path = resolve(cwd, file);
    const append = env['GITHUB_STEP_SUMMARY'] !== undefined && path === resolve(cwd, env['GITHUB_STEP_SUMMARY']);
    const found = Object.entries(forms).find(([extension]) => (append ? '.md' : path.toLowerCase()).endsWith(extension));
    if (found !== undefined) return { path, render: found[1], append };
    throw new KitError('FLAG_INVALID', `--report ${file}: no form of the report has this extension`, {
      hint: `use one of ${Object.keys(forms).join(' ')}`,
    });
  });
  const twice = planned.find(({ path }, index) => planned.findIndex((other) => other.path === path) !== index);
  if (twice === undefined) return planned;
  throw new KitError('FLAG_INVALID', `--report names ${twice.path} twice`, { hint: 'name each file once' });
}

/** Writes the planned files; resolves to their paths. */
export async function writeReports<R>(planned: readonly PlannedReport<R>[], report: R): Promise<string[]> {
  for (const { path, render, append } of planned) {
    const text = await render(report);
    if (append)
      await appendFile(path, text).catch((cause: unknown) => {
        throw writeError(path, cause);
      });
    else await writeFileAtomic(path, text);
  }
  return planned.map(({ path }) => path);
}
