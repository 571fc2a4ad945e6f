// Finds out what is to be tested from what the caller names: a library, or the project it belongs to.
import { access, readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey, platformKeys } from '../core/platform.ts';
import { effectiveConfig, parseConfig } from '../manifest/effective-config.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { openProject, type Project } from '../project/project.ts';
import type { DeclaredPath, Subject } from './subject.ts';

/** What a caller may say beside the path; all paths are absolute. */
export interface SubjectOptions {
  /** In place of the manifest's. */
  readonly model?: string | undefined;
  /** A JSON object in a file; in a project, over its own configuration. */
  readonly config?: string | undefined;
  /** A manifest for a library that lies elsewhere. */
  readonly manifest?: string | undefined;
  /** Folder from which `repeat` lines are spelled. */
  readonly cwd: string;
}

/** A subject, and the project it is from. */
export interface OpenedSubject {
  readonly subject: Subject;
  readonly project?: Project;
}

/**
 * Opens a project's folder or a library.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, naming `npm run build` where only the library is missing; `MANIFEST_INVALID`, `CONFIG_INVALID`.
 */
export async function openSubject(path: string, options: SubjectOptions): Promise<OpenedSubject> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${toErrorText(cause)}`, {
      cause,
      hint: 'name a built library, a project or a .mvapp',
    });
  });
  return found.isDirectory() ? await fromProject(await openProject(path), options) : { subject: await fromLibrary(path, options) };
}

async function fromProject(project: Project, options: SubjectOptions): Promise<OpenedSubject> {
  const platform = hostPlatform();
  const library = project.libraryPath(platform);
  await access(library).catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${library} is not built`, { cause, hint: 'build it first: npm run build' });
  });
  const overrides = options.config === undefined ? undefined : await readConfig(options.config);
  const subject: Subject = {
    library,
    model: options.model ?? project.modelPath,
    config: { json: await project.configJson(overrides), ...(options.config === undefined ? {} : { path: options.config }) },
    platform,
    declared: declaredPaths(project.manifest, project.root, platform),
    root: project.root,
    arguments: commandWords(project.root, options),
  };
  return { subject, project };
}

async function fromLibrary(library: string, options: SubjectOptions): Promise<Subject> {
  const base = { library, platform: hostPlatform(), arguments: commandWords(library, options) };
  const overrides = options.config === undefined ? {} : await readConfig(options.config);
  const origin = options.config === undefined ? {} : { path: options.config };
  if (options.manifest === undefined) {
    const config = { json: JSON.stringify(overrides), ...origin };
    return { ...base, model: options.model ?? null, config, declared: [], root: dirname(library) };
  }
  const manifest = await readManifest(options.manifest);
  const root = dirname(options.manifest);
  const config = await effectiveConfig(manifest, (path) => readFile(resolve(root, path), 'utf8'), overrides);
  return {
    ...base,
    model: options.model ?? resolve(root, manifest.plugin.model.path),
    config: { json: JSON.stringify(config), ...origin },
    declared: [],
    root,
  };
}

/** A project holds the libraries of other platforms only after they were fetched, so only what was built here must be there. */
function declaredPaths(manifest: NativeManifest, root: string, platform: PlatformKey): DeclaredPath[] {
  return platformKeys.flatMap((key) => {
    const path = manifest.plugin.binaries[key];
    return path === undefined || key === platform ? [] : [{ platform: key, path, absolute: resolve(root, path), isRequired: false }];
  });
}

async function readConfig(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${toErrorText(cause)}`, { cause, hint: 'check the path after --config' });
  });
  return parseConfig(text, path);
}

function commandWords(path: string, { model, config, manifest, cwd }: SubjectOptions): string[] {
  const words = [relative(cwd, path) || '.'];
  for (const [flag, value] of Object.entries({ model, config, manifest }))
    if (value !== undefined) words.push(`--${flag}`, relative(cwd, value));
  return words;
}
