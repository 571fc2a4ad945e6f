// Says what becomes of one file of a project, from what it was made of, what the template has now, and what the user has.
import { sha256Hex } from '../../core/digest.ts';
import { mergeJson } from './merge-json.ts';
import { endsLinesByCrlf, mergeText, textOf } from './merge-text.ts';

/** A file as a template renders it; `data` is unknown for binary files of an old version, of which only the digest is kept. */
export interface RenderedFile {
  readonly path: string;
  readonly sha256: string;
  readonly mode: number;
  readonly data?: Uint8Array | undefined;
}

/** What lies in the user's project: `blocked` is something that is no plain file. */
export type UserFile = { readonly data: Uint8Array; readonly mode: number } | 'absent' | 'blocked';

/** What is written; `data` undefined takes the file away. */
export interface FileChange {
  readonly path: string;
  readonly data: Uint8Array | undefined;
  readonly mode: number;
}

/** What happens to a file. */
export type MergeAction = 'create' | 'identical' | 'kept' | 'update' | 'merge' | 'rename' | 'delete' | 'conflict';

/** A decision on one file. */
export interface Decision {
  readonly path: string;
  readonly action: MergeAction;
  readonly changes: readonly FileChange[];
  /** Why, where the action alone does not say it. */
  readonly note?: string;
  /** The file's path before. */
  readonly from?: string;
}

/** One file on all three sides. */
export interface Sides {
  readonly path: string;
  readonly user: UserFile;
  readonly base: RenderedFile | undefined;
  readonly next: (RenderedFile & { readonly data: Uint8Array }) | undefined;
  /** Names the template's side in markers. */
  readonly label: string;
  /** A copy of the SDK's: it becomes the kit's whatever the user did to it. */
  readonly sdk: boolean;
}

/** Decides on a file. */
export function decideFile(sides: Sides): Decision {
  const { path, user, base, next } = sides;
  if (next === undefined) return decideRemoved(sides);
  const make = (action: MergeAction, changes: readonly FileChange[] = [], note?: string): Decision => ({
    path,
    action,
    changes,
    ...(note === undefined ? {} : { note }),
  });
  if (user === 'absent') {
    if (base === undefined || sides.sdk) return make('create', [next]);
    return make('kept', [], base.sha256 === next.sha256 ? undefined : 'you deleted it, and it stays deleted');
  }
  if (user === 'blocked') return make('conflict', [], 'something that is no plain file lies there');
  if (isSame(user.data, next)) return withMode(make('identical'), user, base, next);
  if (base !== undefined && base.sha256 === next.sha256 && !sides.sdk) return withMode(make('kept'), user, base, next);
  if (base !== undefined && isSame(user.data, base)) return make('update', [likeUser(user.data, next)]);
  if (sides.sdk)
    return make('update', [next, beside(path, user.data, 'yours')], `your changes are in ${besidePath(path, user.data, 'yours')}`);
  return base === undefined ? twoFiles(sides, 'you have another file of that name') : decideEdited(sides, user, base, next);
}

function decideRemoved({ path, user, base }: Sides): Decision {
  if (base === undefined || user === 'absent') return { path, action: 'kept', changes: [] };
  if (user !== 'blocked' && isSame(user.data, base)) return { path, action: 'delete', changes: [{ path, data: undefined, mode: 0 }] };
  return { path, action: 'conflict', changes: [], note: 'the template has it no more, and you changed it: it stays' };
}

function decideEdited(
  sides: Sides,
  user: Exclude<UserFile, string>,
  base: RenderedFile,
  next: RenderedFile & { readonly data: Uint8Array },
): Decision {
  const { path, label } = sides;
  const [mine, old, fresh] = [textOf(user.data), base.data && textOf(base.data), textOf(next.data)];
  if (mine === undefined || old === undefined || fresh === undefined)
    return twoFiles(sides, 'you and the template changed it, and it is no text');
  const merged = mergeText(mine, old, fresh, label);
  const values = merged.conflicts > 0 && path.endsWith('.json') ? mergeJson(mine, old, fresh) : undefined;
  const data = Buffer.from(values ?? merged.text);
  const mode = base.mode === next.mode ? user.mode : next.mode;
  const changes = Buffer.from(user.data).equals(data) ? [] : [{ path, data, mode }];
  if (values !== undefined || merged.conflicts === 0) return { path, action: changes.length === 0 ? 'identical' : 'merge', changes };
  const places = merged.conflicts === 1 ? 'one place' : `${merged.conflicts} places`;
  return { path, action: 'conflict', changes, note: `you and the template changed ${places}: look for <<<<<<<` };
}

/** The user's file stays, the template's comes beside it. */
function twoFiles({ path, next }: Sides, why: string): Decision {
  if (next === undefined) return { path, action: 'conflict', changes: [], note: why };
  return { path, action: 'conflict', changes: [beside(path, next.data, 'new')], note: `${why}: see ${besidePath(path, next.data, 'new')}` };
}

function beside(path: string, data: Uint8Array, kind: 'new' | 'yours'): FileChange {
  return { path: besidePath(path, data, kind), data, mode: 0o644 };
}

/** The content is in the name, so that no other file of that kind is overwritten. */
function besidePath(path: string, data: Uint8Array, kind: 'new' | 'yours'): string {
  return `${path}.${sha256Hex(data).slice(0, 8)}.${kind}`;
}

function withMode(decision: Decision, user: Exclude<UserFile, string>, base: RenderedFile | undefined, next: RenderedFile): Decision {
  if (base === undefined || base.mode === next.mode || user.mode === next.mode) return decision;
  return { ...decision, action: 'update', changes: [{ path: next.path, data: user.data, mode: next.mode }], note: 'its mode alone' };
}

/** Whether bytes are those of a file, but for line ends. */
function isSame(data: Uint8Array, file: RenderedFile): boolean {
  if (sha256Hex(data) === file.sha256) return true;
  const text = textOf(data);
  return text !== undefined && endsLinesByCrlf(text) && sha256Hex(text.replaceAll('\r\n', '\n')) === file.sha256;
}

/** The template's file with the line ends that the user's copy has. */
function likeUser(user: Uint8Array, next: RenderedFile & { readonly data: Uint8Array }): FileChange {
  const [mine, fresh] = [textOf(user), textOf(next.data)];
  if (mine === undefined || fresh === undefined || !endsLinesByCrlf(mine)) return next;
  return { ...next, data: Buffer.from(fresh.replaceAll(/\r?\n/g, '\r\n')) };
}
