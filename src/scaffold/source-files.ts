// The files a project is made from: the template's tree, and the SDK's headers and CMake files.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../core/digest.ts';
import { kitRoot } from '../core/kit-version.ts';
import { type Template, templateFile } from './template.ts';

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
const sdkFolders = ['include', 'cmake'];

/** Names that npm would not pack as they are: `_gitignore` becomes `.gitignore`. */
const dotFile = /(^|\/)_(gitignore|npmrc)$/;

/** The template's files, by path. */
export async function templateFiles({ folder }: Template): Promise<SourceFile[]> {
  const files = await readTree(folder);
  return files
    .filter(({ path }) => path !== templateFile)
    .map((file) => ({ ...file, path: targetPath(file.path), rendered: isRendered(file.path) }));
}

/** The SDK's files that every native project carries, by path. */
export async function sdkFiles(): Promise<SourceFile[]> {
  const trees = await Promise.all(sdkFolders.map(async (name) => prefixed(name, await readTree(join(sdk, name)))));
  return trees.flat();
}

/** One digest over files: the SHA-256 of `<sha256>  <path>` lines in the order of paths. */
export function digestOf(files: readonly SourceFile[]): string {
  const lines = files.map(({ path, data, rendered }) => `${sha256Hex(data)}  ${path}${rendered ? '.hbs' : ''}\n`);
  return sha256Hex(lines.sort().join(''));
}

/** What running a template's scripts, or looking at its folder on a Mac, leaves behind. */
const leftover = /(^|\/)(__pycache__|\.DS_Store)(\/|$)/;

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
