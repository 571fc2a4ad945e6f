// The files a project is made from: the template's tree, what it shares with another, and the SDK for its language.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { kitRoot } from '../core/kit-version.ts';
import { shippedFolder, type Template, templateFile } from './template.ts';

/** A file of the kit that becomes a file of the project. */
export interface SourceFile {
  /** Path in the project, with `/`. */
  readonly path: string;
  readonly source: string;
  readonly data: Uint8Array;
  /** 0o755 when the source is executable, else 0o644. */
  readonly mode: number;
  /** Whether it is rendered; else it is copied byte for byte. */
  readonly rendered: boolean;
}

const sdk = fileURLToPath(new URL('sdk/', kitRoot));

/** Which folders of the SDK a project carries and under which names, told by the file that builds it. */
const sdkFolders: readonly { readonly marker: string; readonly folders: Readonly<Record<string, string>> }[] = [
  { marker: 'CMakeLists.txt', folders: { include: 'include', cmake: 'cmake' } },
  { marker: 'Cargo.toml', folders: { rust: 'mvas-plugin' } },
];

/** Names that npm would not pack as they are: `_gitignore` becomes `.gitignore`. */
const dotFile = /(^|\/)_(gitignore|npmrc)$/;

/** All files that projects of a template are made from: its own and the SDK for what builds it. */
export async function sourcesOf(template: Template): Promise<SourceFile[]> {
  const own = await templateFiles(template);
  return [...own, ...(await sdkFiles((path) => own.some((file) => file.path === path)))];
}

/** The template's files, by path. */
async function templateFiles(template: Template): Promise<SourceFile[]> {
  const own = (await readTree(template.folder)).filter(({ path }) => path !== templateFile);
  const names = new Set(own.map(({ path }) => path));
  const shared = (await sharedFiles(template)).filter(({ path }) => !names.has(path));
  return [...own, ...shared]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => ({ ...file, path: targetPath(file.path), rendered: isRendered(file.path) }));
}

async function sharedFiles({ folder, shared }: Template): Promise<SourceFile[]> {
  if (shared === undefined) return [];
  const files = await readTree(shippedFolder(shared.template));
  return shared.paths.flatMap((wanted) => {
    const found = files.filter(({ path }) => path === wanted || (wanted.endsWith('/') && path.startsWith(wanted)));
    if (found.length > 0) return found;
    throw new KitError(
      'FILE_INVALID',
      `${join(folder, templateFile)} shares ${wanted}, which the template ${shared.template} does not have`,
    );
  });
}

/** The SDK's files that a native project carries, by path; `has` says whether it has a file. */
export async function sdkFiles(has: (path: string) => boolean): Promise<SourceFile[]> {
  const folders = sdkFolders.filter(({ marker }) => has(marker)).flatMap((part) => Object.entries(part.folders));
  const trees = await Promise.all(folders.map(async ([source, target]) => prefixed(target, await readTree(join(sdk, source)))));
  return trees.flat().filter(({ path }) => !cargoLeftover.test(path));
}

/** A file whose content may be known by its digest alone. */
type DigestedFile = Pick<SourceFile, 'path' | 'rendered'> & ({ readonly data: Uint8Array } | { readonly sha256: string });

/** One digest over files: the SHA-256 of `<sha256>  <path>` lines in the order of paths. */
export function digestOf(files: readonly DigestedFile[]): string {
  const lines = files.map((file) => {
    const sha256 = 'sha256' in file ? file.sha256 : sha256Hex(file.data);
    return `${sha256}  ${file.path}${file.rendered ? '.hbs' : ''}\n`;
  });
  return sha256Hex(lines.sort().join(''));
}

/** What running a template's scripts, or looking at its folder on a Mac, leaves behind. */
const leftover = /(^|\/)(__pycache__|\.DS_Store)(\/|$)/;

/** What running cargo in the SDK's crate leaves behind. */
const cargoLeftover = /^mvas-plugin\/(target\/|Cargo\.lock$)/;

const isRendered = (path: string) => path.endsWith('.hbs');

function targetPath(path: string): string {
  return path.replace(/\.hbs$/, '').replace(dotFile, '$1.$2');
}

function prefixed(name: string, files: readonly SourceFile[]): SourceFile[] {
  return files.map((file) => ({ ...file, path: `${name}/${file.path}` }));
}

async function readTree(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = await Promise.all(files.sort().map((source) => readSource(folder, source)));
  return read.filter(({ path }) => !leftover.test(path));
}

async function readSource(folder: string, source: string): Promise<SourceFile> {
  const [data, { mode }] = await Promise.all([readFile(source), stat(source)]);
  const path = relative(folder, source).split(sep).join('/');
  return { path, source, data, mode: mode & 0o100 ? 0o755 : 0o644, rendered: false };
}
