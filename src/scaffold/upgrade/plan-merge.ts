// Plans the three-way merge of a whole project: what each file becomes, before anything is written.
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Decision, decideFile, type RenderedFile, type UserFile } from './decide-file.ts';
import { findRenames } from './find-renames.ts';

/** A file of the new version, whose content is known. */
export type NextFile = RenderedFile & { readonly data: Uint8Array };

/** The two versions between which the user's project is. */
export interface Versions {
  readonly base: readonly RenderedFile[];
  readonly next: readonly NextFile[];
  /** Paths of the SDK's copies. */
  readonly sdk: ReadonlySet<string>;
  /** Names the new version in conflict markers. */
  readonly label: string;
}

/** Decides on every file that either version has, in the order of paths. */
export async function planMerge(root: string, { base, next, sdk, label }: Versions): Promise<Decision[]> {
  const [old, fresh] = [byPath(base), byPath(next)];
  const users = new Map(
    await Promise.all([...new Set([...old.keys(), ...fresh.keys()])].map(async (path) => [path, await readUser(root, path)] as const)),
  );
  const userOf = (path: string): UserFile => users.get(path) ?? 'absent';
  const plan: Decision[] = [];
  for (const [from, to] of findRenames(base, next)) {
    const renamed = renameFile(from, to, old.get(from), fresh.get(to), userOf, label);
    if (renamed === undefined) continue;
    plan.push(renamed);
    for (const path of [from, to]) users.delete(path);
  }
  for (const [path, user] of users)
    plan.push(decideFile({ path, user, base: old.get(path), next: fresh.get(path), label, sdk: sdk.has(path) }));
  return plan.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Moves the user's file with its edits; undefined where the new name is taken, and both are looked at alone. */
function renameFile(
  from: string,
  to: string,
  base: RenderedFile | undefined,
  next: NextFile | undefined,
  userOf: (path: string) => UserFile,
  label: string,
): Decision | undefined {
  const user = userOf(from);
  // on a file system that ignores case the old name answers to the new one
  const taken = userOf(to) !== 'absent' && from.toLowerCase() !== to.toLowerCase();
  if (base === undefined || next === undefined || user === 'blocked' || taken) return undefined;
  if (user === 'absent') return { path: to, from, action: 'kept', changes: [], note: 'you deleted it under its old name' };
  const decided = decideFile({ path: to, user, base, next, label, sdk: false });
  const moved = decided.changes.some(({ path }) => path === to) ? [] : [{ path: to, data: user.data, mode: user.mode }];
  const action = decided.action === 'conflict' ? 'conflict' : 'rename';
  return { ...decided, from, action, changes: [{ path: from, data: undefined, mode: 0 }, ...moved, ...decided.changes] };
}

/** What the user has at a path. */
async function readUser(root: string, path: string): Promise<UserFile> {
  const file = join(root, path);
  try {
    const { mode } = await lstat(file).then((found) => (found.isFile() ? found : Promise.reject(new Error('no plain file'))));
    return { data: await readFile(file), mode: mode & 0o100 ? 0o755 : 0o644 };
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'blocked';
  }
}

function byPath<File extends RenderedFile>(files: readonly File[]): Map<string, File> {
  return new Map(files.map((file) => [file.path, file]));
}
