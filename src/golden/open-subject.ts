// Turns what a caller names - a project, a library, a package - into a subject for golden and bench.
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { requirePlugin } from '../harness/require-plugin.ts';
import { type Config, parseConfig } from '../manifest/effective-config.ts';
import { readConfigFile } from '../manifest/read-config-file.ts';
import { readAnyManifest } from '../manifest/read-manifest.ts';
import { findProject, openProject } from '../project/project.ts';
import { type PluginSubject, projectSubject, type ScriptSubject } from './plugin-subject.ts';
import { scriptSubject } from './script-subject.ts';

/** What the caller sets besides the subject: paths that replace the project's own, settings that go over its own. */
export interface SubjectFlags {
  readonly model?: string | undefined;
  readonly config?: string | undefined;
  readonly images?: string | undefined;
  readonly expected?: string | undefined;
  /** Take a package that nobody signed. */
  readonly allowUnsigned?: boolean | undefined;
}

/** An open subject; `close` removes what was unpacked. */
export interface OpenSubject extends AsyncDisposable {
  readonly subject: PluginSubject;
}

/**
 * Opens a project folder (default: that of the working directory), a library file, or a package, which is verified before anything of it is used.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `MANIFEST_INVALID`, `CONFIG_INVALID`, `PLUGIN_INVALID` for a file that is no plugin of this machine,
 * and exit 10 to 17 for a package that is not trusted.
 */
export async function openSubject(
  path: string | undefined,
  flags: SubjectFlags,
  io: Pick<Io, 'cwd' | 'env' | 'signal'>,
): Promise<OpenSubject> {
  const place = resolve(io.cwd, path ?? '.');
  const found = await stat(place).catch(() => undefined);
  if (found === undefined)
    throw new KitError('FILE_NOT_FOUND', `${place} does not exist`, { hint: 'name a project folder, a library or a .mvapp' });
  if (place.toLowerCase().endsWith('.mvapp')) return await openPackage(place, flags, io);
  const subject = found.isDirectory() ? await folderSubject(place) : librarySubject(requirePlugin(place));
  return { subject: await withFlags(subject, flags, io.cwd), [Symbol.asyncDispose]: async () => {} };
}

async function openPackage(path: string, flags: SubjectFlags, io: Pick<Io, 'cwd' | 'env' | 'signal'>): Promise<OpenSubject> {
  const { unpackTrusted } = await import('../signing/unpack-trusted.ts');
  const unpacked = await unpackTrusted(path, { allowUnsigned: flags.allowUnsigned ?? false, io });
  const remove = (): Promise<void> => Promise.resolve(unpacked[Symbol.asyncDispose]());
  try {
    const { reports: _, ...subject } = await folderSubject(unpacked.root);
    return { subject: await withFlags(subject, flags, io.cwd), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * The subject of the project that a folder belongs to, whichever kind it is of.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `MANIFEST_INVALID`, and what a script's files may be refused with.
 */
export async function folderSubject(folder: string): Promise<PluginSubject> {
  const root = await findProject(folder);
  const manifest = root === undefined ? undefined : await readAnyManifest(join(root, 'manifest.json'));
  if (root === undefined || manifest === undefined || manifest.package_type === 'native')
    return await projectSubject(await openProject(folder));
  return await scriptSubject({ root, manifest });
}

/** A library alone: pictures and references lie beside it unless flags say otherwise. */
function librarySubject(library: string): PluginSubject {
  const root = dirname(library);
  return {
    root,
    library,
    bare: true,
    model: null,
    config: '{}',
    dependencies: [],
    testImages: join(root, 'test_images'),
    expectedResults: join(root, 'expected_results.json'),
    benchmark: join(root, 'benchmark.json'),
  };
}

async function withFlags(subject: PluginSubject, flags: SubjectFlags, cwd: string): Promise<PluginSubject> {
  const at = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(cwd, path));
  const config = at(flags.config);
  const overrides = config === undefined ? {} : await readConfigFile(config);
  const paths = { testImages: at(flags.images) ?? subject.testImages, expectedResults: at(flags.expected) ?? subject.expectedResults };
  if (subject.script !== undefined) return { ...(await withScriptFlags(subject, subject.script, overrides, at(flags.model))), ...paths };
  return {
    ...subject,
    ...paths,
    model: at(flags.model) ?? subject.model,
    config: JSON.stringify({ ...parseConfig(subject.config, subject.library), ...overrides }),
  };
}

async function withScriptFlags(
  subject: PluginSubject,
  { manifest }: ScriptSubject,
  overrides: Config,
  model: string | undefined,
): Promise<PluginSubject> {
  const { script, ...changed } = await scriptSubject({ root: subject.root, manifest }, overrides);
  const { reports: _, ...rest } = changed;
  const kept = subject.reports === undefined ? rest : changed;
  if (script === undefined || model === undefined) return { ...kept, ...(script && { script }) };
  return { ...kept, model, script: { ...script, plan: { ...script.plan, model } } };
}
