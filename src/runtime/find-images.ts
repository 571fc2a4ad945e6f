// The pictures that a call names: files, folders and patterns, each picture once.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { closest } from '../core/closest.ts';
import { KitError } from '../core/kit-error.ts';
import { listImageFiles } from '../image/image-files.ts';
import { parseImageGlob } from './image-glob.ts';

/** A picture to be inspected. */
export interface ImageFile {
  /** Absolute path. */
  readonly path: string;
  /** The path as results show it: relative to the working folder, with `/`. */
  readonly image: string;
  /** Relative to the folder that holds all the pictures, with `/`: unique, and never leads upwards. */
  readonly name: string;
}

/**
 * Finds the pictures; folders are searched with their subfolders, in natural order.
 *
 * @param excluded - A folder to leave out: the one that results are written to.
 * @throws {@link KitError} `FILE_NOT_FOUND` for a path or pattern that names nothing, `NOTHING_TESTED` when there is no picture at all.
 */
export async function findImages(inputs: readonly string[], cwd: string, excluded?: string): Promise<ImageFile[]> {
  const found = new Set<string>();
  for (const input of inputs) for (const path of await imagesOf(input, cwd)) found.add(path);
  const paths = [...found].filter((path) => excluded === undefined || !isInside(path, excluded));
  if (paths.length === 0) {
    throw new KitError('NOTHING_TESTED', `there is no picture in ${inputs.join(', ')}`, {
      hint: 'png, jpeg, bmp, tiff and webp files are inspected',
    });
  }
  const root = commonFolder(paths);
  return paths.map((path) => ({ path, image: shownPath(path, cwd), name: slashed(relative(root, path)) }));
}

async function imagesOf(input: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, input);
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory()) return (await listImageFiles(path)).map((name) => join(path, name));
  if (stats !== undefined) return [path];
  const glob = parseImageGlob(input);
  if (glob === undefined) throw await missing(input, path);
  const folder = resolve(cwd, glob.folder);
  const matching = (await listImageFiles(folder)).filter((name) => glob.matches.test(name));
  if (matching.length === 0)
    throw new KitError('FILE_NOT_FOUND', `no picture matches ${input}`, { hint: `${folder} was searched with its subfolders` });
  return matching.map((name) => join(folder, name));
}

async function missing(input: string, path: string): Promise<KitError> {
  const neighbours = await readdir(dirname(path)).catch(() => undefined);
  if (neighbours === undefined)
    return new KitError('FILE_NOT_FOUND', `${input} does not exist, nor does its folder`, { hint: 'check the path' });
  const meant = closest(basename(path), neighbours);
  return new KitError('FILE_NOT_FOUND', `${input} does not exist`, {
    hint: meant === undefined ? 'check the path' : `did you mean ${join(dirname(input), meant)}?`,
  });
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way);
}

/** The deepest folder that holds all the files; on Windows files on two drives have none, then the root of each path is kept. */
function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '');
  while (!paths.every((path) => isInside(path, folder)) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function shownPath(path: string, cwd: string): string {
  return slashed(relative(cwd, path));
}

function slashed(path: string): string {
  return path.replaceAll(sep, '/');
}
