// Checks the manifest of a file, a project or a package.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { checkManifest, type ManifestProblem } from '../manifest/check-manifest.ts';
import { configProblems } from '../manifest/config-problems.ts';
import type { ReadText } from '../manifest/effective-config.ts';
import { fieldHostProblems } from '../manifest/field-host.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { readArchive } from './archive.ts';
import { fieldLibraryProblems } from './field-libraries.ts';
import { misplacedFiles } from './layout.ts';
import { namedFiles } from './named-files.ts';
import { readPackagedJson } from './package-manifest.ts';

const maxJsonBytes = 16 * 1024 * 1024;
const maxLibraryBytes = 512 * 1024 * 1024;

/** Reads a file beside the manifest; rejects when it is not there. */
type ReadBytes = (name: string, maxBytes: number) => Promise<Buffer>;

/** What is wrong or doubtful about a manifest; `ok` when nothing is wrong. */
export interface Validation {
  readonly path: string;
  readonly ok: boolean;
  readonly problems: readonly ManifestProblem[];
}

/** What else to judge by. */
export interface ValidateOptions {
  /** Judges the files beside the manifest; `readText` rejects for those that are not there. */
  readonly judgeFiles?: (manifest: Manifest, readText: ReadText) => Promise<ManifestProblem[]>;
  /** Whether it would load in that host as well. */
  readonly host?: 'field';
}

/**
 * Validates a manifest.json, the project in a folder, or a package (`.mvapp`).
 *
 * @throws {@link KitError} when there is nothing to judge: no such file, no JSON, no container.
 */
export async function validate(path: string, options: ValidateOptions = {}): Promise<Validation> {
  if (path.endsWith('.mvapp')) return validatePackage(path, options);
  const folder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const file = folder ? join(path, 'manifest.json') : path;
  return judged(file, await readJsonFile(file), (name) => readFile(join(dirname(file), name)), options);
}

async function validatePackage(path: string, options: ValidateOptions): Promise<Validation> {
  await using archive = await readArchive(path);
  const read: ReadBytes = async (name, maxBytes) => {
    const entry = archive.find(name);
    if (entry === undefined) throw new KitError('FILE_NOT_FOUND', `${name} is not in the package`);
    return archive.read(entry, maxBytes);
  };
  const value = await readPackagedJson(archive);
  const found = await judged(path, value, read, options);
  const { manifest } = checkManifest(value);
  if (manifest === undefined) return found;
  const names = archive.entries.map(({ name }) => name);
  const problems = [
    ...found.problems,
    ...misplacedFiles(names, manifest).map((name) => error('/extraFiles', `must list ${name}, which has no other place in a package`)),
    ...namedFiles(manifest)
      .filter((named) => !names.includes(named.path))
      .map((named) => error(named.pointer, 'must be in the package', named.path)),
  ];
  return verdict(path, problems);
}

async function judged(path: string, value: unknown, read: ReadBytes, { judgeFiles, host }: ValidateOptions): Promise<Validation> {
  const { problems, manifest } = checkManifest(value);
  if (manifest === undefined) return verdict(path, problems);
  const readText: ReadText = async (name) => (await read(name, maxJsonBytes)).toString('utf8');
  const config = manifest.package_type === 'native' ? await configProblems(manifest, readText) : [];
  const documents = (await judgeFiles?.(manifest, readText)) ?? [];
  if (host === undefined) return verdict(path, [...problems, ...config, ...documents]);
  const field = fieldHostProblems(value as Readonly<Record<string, unknown>>, manifest);
  const libraries = await fieldLibraryProblems(manifest, (name) => read(name, maxLibraryBytes));
  return verdict(path, [...problems, ...config, ...documents, ...field, ...libraries]);
}

function verdict(path: string, problems: readonly ManifestProblem[]): Validation {
  return { path, ok: problems.every(({ severity }) => severity !== 'error'), problems };
}

function error(pointer: string, rule: string, value?: string): ManifestProblem {
  return { severity: 'error', pointer, rule, ...(value === undefined ? {} : { value }) };
}
