// Adds the workflow that builds and tests every change.
import { join } from 'node:path';
import type { Io } from '../../core/io.ts';
import { isThere } from '../../core/is-there.ts';
import { KitError } from '../../core/kit-error.ts';
import type { ContinuousIntegration } from '../answers.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { type AddOptions, addToProject } from './add-to-project.ts';

/**
 * Adds the template's workflow for a service, also one that was deleted; files that are there stay as they are.
 *
 * @throws {@link KitError} `FLAG_INVALID` when the template has none, `FILE_NOT_FOUND` outside a project, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function addWorkflow(service: Exclude<ContinuousIntegration, 'none'>, options: AddOptions, io: Io): Promise<MergeReport> {
  return await addToProject(
    options,
    async ({ root, record, render }) => {
      const answers = { ...record.answers, ci: service };
      const without = await render({ ...record.answers, ci: 'none' });
      const next = await render(answers);
      const has = new Set(without.map(({ path }) => path));
      const added = next.filter(({ path }) => !has.has(path));
      if (added.length === 0) {
        throw new KitError('FLAG_INVALID', `the template ${record.template} has no workflow for ${service}`, {
          hint: 'docs/guide/run-in-ci.md shows one to start from',
        });
      }
      const present = await Promise.all(added.map(async ({ path }) => ((await isThere(join(root, path))) ? path : undefined)));
      const kept = record.answers.ci === service ? added.filter(({ path }) => present.includes(path)) : [];
      return { base: [...without, ...kept], next, answers };
    },
    io,
  );
}
