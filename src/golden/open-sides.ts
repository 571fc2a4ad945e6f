// Opens both sides of `golden compare` and finds the pictures they are tried on.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { listImageFiles } from '../image/image-files.ts';
import { type Comparand, findPluginSide, isModelFile, openModelSide, openPluginSide, type PluginSide } from './comparand.ts';
import type { SubjectFlags } from './open-subject.ts';
import type { PluginSubject } from './plugin-subject.ts';

/** Both sides and their pictures; disposing closes both and removes what was unpacked. */
export interface Sides extends AsyncDisposable {
  readonly a: Comparand;
  readonly b: Comparand;
  readonly folder: string;
  readonly images: readonly string[];
}

/** Where paths are relative to, and what may stop the work. */
type Place = Pick<Io, 'cwd' | 'env' | 'signal'>;

/**
 * Opens two of library, project, package and model.onnx. A library alone takes the other side's model, settings and pictures
 * where flags name none.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` without pictures or for a path that is not there, and whatever opening a side throws.
 */
export async function openSides(
  paths: readonly [string, string],
  flags: SubjectFlags,
  io: Pick<Io, 'cwd' | 'env' | 'signal'>,
): Promise<Sides> {
  const closers: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(one: T): T => {
    closers.unshift(one);
    return one;
  };
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0)) await one[Symbol.asyncDispose]();
  };
  try {
    const found: (PluginSide | string)[] = [];
    for (const path of paths) found.push(isModelFile(path) ? await modelPath(path, io) : keep(await findPluginSide(path, flags, io)));
    const subjects = found.map((side) => (typeof side === 'string' ? undefined : side.subject));
    const folder = picturesOf(subjects, flags, io);
    const images = await listImageFiles(folder);
    const open = async (at: 0 | 1): Promise<Comparand> => {
      const side = found[at];
      if (side === undefined || typeof side === 'string') return keep(await openModelSide(side ?? '', io.signal));
      return keep(await openPluginSide(side.file, completed(side.subject, subjects[1 - at], flags), io.signal));
    };
    return { a: await open(0), b: await open(1), folder, images, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function modelPath(path: string, { cwd }: Place): Promise<string> {
  const place = resolve(cwd, path);
  if ((await stat(place).catch(() => undefined))?.isFile()) return place;
  throw new KitError('FILE_NOT_FOUND', `${place} does not exist`, { hint: 'name an ONNX model, a project folder, a library or a .mvapp' });
}

function picturesOf(subjects: readonly (PluginSubject | undefined)[], { images }: SubjectFlags, { cwd }: Place): string {
  if (images !== undefined) return resolve(cwd, images);
  const known = subjects.filter((subject) => subject !== undefined);
  const folder = (known.find(({ bare }) => !bare) ?? known[0])?.testImages;
  if (folder !== undefined) return folder;
  throw new KitError('FILE_NOT_FOUND', 'two models bring no pictures', { hint: 'name a folder of pictures with --images' });
}

/** A library alone knows neither model nor settings: it gets those of the other side. */
function completed(subject: PluginSubject, other: PluginSubject | undefined, flags: SubjectFlags): PluginSubject {
  if (!subject.bare || other === undefined || other.bare) return subject;
  const { model, config, dependencies } = other;
  return {
    ...subject,
    dependencies,
    model: flags.model === undefined ? model : subject.model,
    config: flags.config === undefined ? config : subject.config,
  };
}
