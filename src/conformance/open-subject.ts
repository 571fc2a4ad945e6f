// Finds out what is to be tested from what the caller names: a library, a project, or a package, which is verified first.
import { access, readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey, platformKeys } from '../core/platform.ts';
import { readError } from '../core/read-error.ts';
import { type PluginSubject, projectSubject } from '../golden/plugin-subject.ts';
import { effectiveConfig } from '../manifest/effective-config.ts';
import { readConfigFile } from '../manifest/read-config-file.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { openProject, type Project } from '../project/project.ts';
import { readRelease } from './release.ts';
import type { DeclaredPath, Subject } from './subject.ts';

/** What a caller may say beside the path; paths are relative to `io.cwd`. */
export interface SubjectOptions {
  /** In place of the manifest's. */
  readonly model?: string | undefined;
  /** A JSON object in a file; in a project, over its own configuration. */
  readonly config?: string | undefined;
  /** The manifest of a library that lies elsewhere. */
  readonly manifest?: string | undefined;
  /** The platform whose library is meant; default this machine's. */
  readonly platform?: PlatformKey | undefined;
  /** An earlier release to compare with: a library or a `.mvapp`. */
  readonly previous?: string | undefined;
  /** Take a package that nobody signed. */
  readonly allowUnsigned?: boolean | undefined;
}

/** A subject; disposing it removes what was unpacked. */
export interface OpenedSubject extends AsyncDisposable {
  readonly subject: Subject;
  /** The project it is from, where reports are kept. */
  readonly project?: Project;
}

/**
 * Opens a project's folder, a library or a .mvapp.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, naming `npm run build` where only the library is missing; `MANIFEST_INVALID`, `CONFIG_INVALID`;
 * exit 10 to 17 for a package that is not trusted.
 */
export async function openSubject(named: string, options: SubjectOptions, io: Pick<Io, 'cwd' | 'env' | 'signal'>): Promise<OpenedSubject> {
  if (options.previous === undefined) return await openNamed(named, options, io);
  const previous = await readRelease(resolve(io.cwd, options.previous), options.platform ?? hostPlatform());
  const opened = await openNamed(named, options, io);
  return { ...opened, subject: { ...opened.subject, previous } };
}

async function openNamed(named: string, options: SubjectOptions, io: Pick<Io, 'cwd' | 'env' | 'signal'>): Promise<OpenedSubject> {
  const path = resolve(io.cwd, named);
  const found = await stat(path).catch((cause: unknown) => {
    throw readError(path, cause, 'name a built library, a project or a .mvapp');
  });
  const words = commandWords(path, options, io.cwd);
  const placed = placeOptions(options, io.cwd);
  if (found.isDirectory()) {
    const project = await openProject(path);
    return { subject: await fromProject(project, placed, words), project, [Symbol.asyncDispose]: async () => {} };
  }
  if (path.toLowerCase().endsWith('.mvapp')) return await fromPackage(path, placed, words, io);
  return { subject: await fromLibrary(path, placed, words), [Symbol.asyncDispose]: async () => {} };
}

async function fromPackage(
  path: string,
  options: SubjectOptions,
  words: readonly string[],
  io: Pick<Io, 'cwd' | 'env' | 'signal'>,
): Promise<OpenedSubject> {
  const { unpackTrusted } = await import('../signing/unpack-trusted.ts');
  const unpacked = await unpackTrusted(path, { allowUnsigned: options.allowUnsigned ?? false, io });
  const remove = () => unpacked[Symbol.asyncDispose]();
  try {
    return { subject: await fromProject(await openProject(unpacked.root), options, words, path), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function fromProject(project: Project, options: SubjectOptions, words: readonly string[], archive?: string): Promise<Subject> {
  const { platform = hostPlatform() } = options;
  const library = project.libraryPath(platform);
  await access(library).catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${library} is not built`, {
      cause,
      hint: platform === hostPlatform() ? 'build it first: npm run build' : `build it first: mvas build --platform ${platform}`,
    });
  });
  const json = await project.configJson(options.config === undefined ? undefined : await readConfigFile(options.config));
  const model = options.model ?? (await whereItIs(project.modelPath));
  return {
    library,
    model,
    // they are checked on the platform itself, and a project for others alone has none
    ...(platform === hostPlatform() ? { references: await referencesOf(project, model, json, archive !== undefined) } : {}),
    config: { json, ...(options.config === undefined ? {} : { path: options.config }) },
    platform,
    declared: declaredPaths(project, platform, archive !== undefined),
    manifest: project.manifest,
    ...(archive === undefined ? {} : { package: archive }),
    root: project.root,
    arguments: words,
  };
}

/** Nothing is written into what was unpacked. */
async function referencesOf(project: Project, model: string | null, config: string, isPackage: boolean): Promise<PluginSubject> {
  const { reports, ...own } = await projectSubject(project);
  return { ...own, model, config, ...(isPackage || reports === undefined ? {} : { reports }) };
}

async function fromLibrary(
  library: string,
  { model, config, manifest: path, platform = hostPlatform() }: SubjectOptions,
  words: readonly string[],
): Promise<Subject> {
  const overrides = config === undefined ? {} : await readConfigFile(config);
  const origin = config === undefined ? {} : { path: config };
  const base = { library, platform, declared: [], arguments: words };
  if (path === undefined)
    return { ...base, model: model ?? null, config: { json: JSON.stringify(overrides), ...origin }, root: dirname(library) };
  const manifest = await readManifest(path);
  const root = dirname(path);
  const settings = await effectiveConfig(manifest, (name) => readFile(resolve(root, name), 'utf8'), overrides);
  const own = await whereItIs(resolve(root, manifest.plugin.model.path));
  return { ...base, model: model ?? own, config: { json: JSON.stringify(settings), ...origin }, manifest, root };
}

/** The other platforms' libraries: in a package they must be there, a project has only what was built or fetched. */
function declaredPaths({ manifest, root }: Project, own: PlatformKey, isRequired: boolean): DeclaredPath[] {
  return platformKeys.flatMap((platform) => {
    const path = manifest.plugin.binaries[platform];
    return path === undefined || platform === own ? [] : [{ platform, path, absolute: resolve(root, path), isRequired }];
  });
}

/** A manifest names a model in any case; a plugin that needs none has no file there. */
async function whereItIs(model: string): Promise<string | null> {
  return await access(model).then(
    () => model,
    () => null,
  );
}

function placeOptions({ model, config, manifest, ...rest }: SubjectOptions, cwd: string): SubjectOptions {
  const at = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  return { ...rest, model: at(model), config: at(config), manifest: at(manifest) };
}

function commandWords(path: string, { model, config, manifest, platform, previous, allowUnsigned }: SubjectOptions, cwd: string): string[] {
  const named = Object.entries({ model, config, manifest, platform, previous }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  return [relative(cwd, path) || '.', ...named, ...(allowUnsigned ? ['--allow-unsigned'] : [])];
}
