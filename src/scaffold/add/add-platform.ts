// Adds platforms to a project: to its manifest and to whatever else of it names them.
import type { Io } from '../../core/io.ts';
import { KitError } from '../../core/kit-error.ts';
import { isPlatformKey, platformKeys } from '../../core/platform.ts';
import { listOf } from '../answers.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { type AddOptions, addToProject } from './add-to-project.ts';

/**
 * Adds platforms by their keys; those that the project has already change nothing.
 *
 * @throws {@link KitError} `FLAG_INVALID` for what is no platform, `FILE_NOT_FOUND` outside a project, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function addPlatform(keys: readonly string[], options: AddOptions, io: Io): Promise<MergeReport> {
  const wanted = keys.flatMap(listOf);
  const unknown = wanted.filter((key) => !isPlatformKey(key));
  if (unknown.length > 0 || wanted.length === 0) {
    throw new KitError('FLAG_INVALID', `${unknown.join(', ') || 'nothing'} is no platform of the standard`, {
      hint: `choose some of ${platformKeys.join(', ')}`,
    });
  }
  return await addToProject(
    options,
    async ({ record, render }) => {
      const platforms = [...new Set([...record.answers.platforms, ...wanted.filter(isPlatformKey)])];
      const answers = { ...record.answers, platforms };
      return { base: await render(record.answers), next: await render(answers), answers };
    },
    io,
  );
}
