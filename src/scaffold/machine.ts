// What a generated project must know of the machine and the kit that made it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kitRoot, kitVersion } from '../core/kit-version.ts';

/** What package.json of a project in `root` says about the kit: a path when the kit is a checkout, since nothing is published then. */
export function kitSpecFor(root: string): string {
  const kit = fileURLToPath(kitRoot);
  if (!existsSync(new URL('src/index.ts', kitRoot))) return `^${kitVersion}`;
  const path = relative(root, kit);
  return `file:${(isAbsolute(path) ? kit : path).split(sep).join('/')}`;
}

/** glibc that the standard's platform floor guarantees. */
const floor = [2, 35] as const;

/** This machine's glibc (`2.36`) when it is newer than the floor; empty when it is not, or on other systems. */
export async function newerGlibc(): Promise<string> {
  const text = await new Promise<string>((resolve) => execFile('getconf', ['GNU_LIBC_VERSION'], (_error, stdout) => resolve(stdout)));
  const found = /^glibc (\d+)\.(\d+)/.exec(text);
  if (found === null) return '';
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > floor[0] || (major === floor[0] && minor > floor[1]) ? `${major}.${minor}` : '';
}
