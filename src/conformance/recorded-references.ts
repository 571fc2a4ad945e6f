// What the checks on references start from; golden is loaded when there is something to ask it.
import { existsSync } from 'node:fs';
import type { ExpectedCase } from '../golden/expected-results.ts';
import type { PluginSubject } from '../golden/plugin-subject.ts';

/**
 * The references of a project; none where nothing was recorded.
 *
 * @throws {@link KitError} `FILE_INVALID` naming every bad field.
 */
export async function recordedReferences({ expectedResults }: PluginSubject): Promise<readonly ExpectedCase[]> {
  if (!existsSync(expectedResults)) return [];
  const { readExpectedResults } = await import('../golden/expected-results.ts');
  return (await readExpectedResults(expectedResults)).images;
}
