// No merge starts where an earlier one still waits for a decision.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { hasMarkers, textOf } from './merge-text.ts';

/**
 * Looks for conflict markers in files of a project: merging into them would bury both sides, and to call the project fresh would be a lie.
 *
 * @throws {@link KitError} `CONFLICT_UNRESOLVED` naming every such file.
 */
export async function requireResolved(root: string, paths: readonly string[]): Promise<void> {
  const marked = await Promise.all(
    [...new Set(paths)].sort().map(async (path) => {
      const text = textOf((await readFile(join(root, path)).catch(() => undefined)) ?? new Uint8Array());
      return text !== undefined && hasMarkers(text) ? [path] : [];
    }),
  );
  const found = marked.flat();
  if (found.length === 0) return;
  throw new KitError('CONFLICT_UNRESOLVED', `conflict markers of an earlier upgrade are still in ${found.join(', ')}`, {
    hint: 'choose between <<<<<<< and >>>>>>>, take the markers away, then run it again',
  });
}
