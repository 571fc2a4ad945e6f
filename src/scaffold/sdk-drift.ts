// Compares a project's copies of the SDK's files with the kit's.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../project/project.ts';
import { type SourceFile, sdkFiles } from './source-files.ts';

/** A file of the SDK that is not in the project as the kit has it. */
export interface SdkDrift {
  /** Path in the project, with `/`. */
  readonly path: string;
  readonly state: 'missing' | 'changed';
  /** The kit's file. */
  readonly source: string;
  /** What is wrong and what to copy. */
  readonly message: string;
}

/** Lists every file of the SDK that is missing from a project or differs there; line ends do not count. */
export async function checkSdkDrift({ root }: Project): Promise<SdkDrift[]> {
  const checked = await Promise.all((await sdkFiles((path) => existsSync(join(root, path)))).map((file) => compare(root, file)));
  return checked.filter((drift) => drift !== undefined);
}

async function compare(root: string, { path, source, data }: SourceFile): Promise<SdkDrift | undefined> {
  const present = await readFile(join(root, path)).catch(() => undefined);
  if (present !== undefined && textOf(present) === textOf(data)) return undefined;
  const state = present === undefined ? 'missing' : 'changed';
  const what = state === 'missing' ? 'is missing' : 'differs from the installed kit’s';
  return { path, state, source, message: `${path} ${what}: run mvas upgrade, or copy ${source} to ${join(root, path)}` };
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data).toString('latin1').replaceAll('\r\n', '\n');
}
