// The one digest by which reports know a script: of its manifest and of every file that this names.
import { join } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import type { ScriptManifest } from '../manifest/script-manifest.ts';
import { contentDigest, type FileDigest } from './content-digest.ts';
import { namedFiles } from './named-files.ts';

/**
 * SHA-256 over manifest.json, models, transforms and rules.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` for one that is not there.
 */
export async function scriptDigest(root: string, manifest: ScriptManifest): Promise<string> {
  const names = new Set(['manifest.json', ...namedFiles(manifest).map(({ path }) => path)]);
  const files: Omit<FileDigest, 'sizeBytes'>[] = [];
  for (const name of names) {
    const sha256 = await sha256File(join(root, name)).catch((cause: unknown) => {
      throw readError(join(root, name), cause, 'manifest.json names it; put it there or mend the path');
    });
    files.push({ name, sha256 });
  }
  return contentDigest(files);
}
