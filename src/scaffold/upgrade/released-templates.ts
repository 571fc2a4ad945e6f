// The templates of released versions, so that what an old project was made from can be made again: one compressed file a version.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { sha256Hex } from '../../core/digest.ts';
import { KitError } from '../../core/kit-error.ts';
import { kitRoot } from '../../core/kit-version.ts';
import { digestOf, type SourceFile } from '../source-files.ts';
import { textOf } from './merge-text.ts';

/** A file of an old template; of binary files only the digest is kept, which tells whether a user's copy is untouched. */
export type ReleasedFile = Pick<SourceFile, 'path' | 'mode' | 'rendered'> & { readonly sha256: string };

/** What a version's file holds. */
interface Release {
  readonly version: string;
  /** Digest and files of each template, the SDK's among them. */
  readonly templates: Readonly<Record<string, { readonly digest: string; readonly files: readonly ReleasedFile[] }>>;
  /** Each text once, by its SHA-256. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A template as it was released; `textOf` gives the content of files that are text. */
export interface ReleasedTemplate {
  readonly digest: string;
  readonly files: readonly ReleasedFile[];
  textOf(file: ReleasedFile): string | undefined;
}

/** Where released versions lie in the kit. */
export const releasesFolder = fileURLToPath(new URL('releases/', kitRoot));

const ending = '.json.br';

/** Versions that are kept in a folder. */
export async function listReleases(folder = releasesFolder): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
}

/** Path of a version's file. */
export function releasePath(version: string, folder = releasesFolder): string {
  return join(folder, `${version}${ending}`);
}

/** The bytes of a version's file. */
export function packRelease(version: string, templates: Readonly<Record<string, readonly SourceFile[]>>): Buffer {
  const texts: Record<string, string> = {};
  const described = Object.entries(templates).map(([id, files]) => {
    for (const { data } of files) {
      const text = textOf(data);
      if (text !== undefined) texts[sha256Hex(data)] = text;
    }
    const listed = files.map(({ path, mode, rendered, data }) => ({ path, mode, rendered, sha256: sha256Hex(data) }));
    return [id, { digest: digestOf(files), files: listed }];
  });
  const release = { version, templates: Object.fromEntries(described), texts };
  return brotliCompressSync(JSON.stringify(release), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
}

/**
 * A template of a released version; undefined where that version is not kept or had no such template.
 *
 * @throws {@link KitError} `FILE_INVALID` when the version's file is damaged: a text or the list of files is not what its digest says.
 */
export async function readReleased(version: string, template: string, folder = releasesFolder): Promise<ReleasedTemplate | undefined> {
  if (!(await listReleases(folder)).includes(version)) return undefined;
  const path = releasePath(version, folder);
  const { templates, texts } = await readRelease(path);
  const found = templates[template];
  if (found === undefined) return undefined;
  if (Object.entries(texts).some(([digest, text]) => sha256Hex(text) !== digest) || digestOf(found.files) !== found.digest)
    throw damaged(path);
  return { ...found, textOf: ({ sha256 }) => texts[sha256] };
}

async function readRelease(path: string): Promise<Release> {
  try {
    return JSON.parse(brotliDecompressSync(await readFile(path)).toString('utf8')) as Release;
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause?: unknown): KitError {
  return new KitError('FILE_INVALID', `${path} is damaged`, { cause, hint: 'install the kit again' });
}
