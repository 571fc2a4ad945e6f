// What golden and bench work on: a library with its model, settings and test files, wherever they come from.
import { dirname, relative, sep } from 'node:path';
import { sha256File, sha256Hex } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import { readError } from '../core/read-error.ts';
import type { Config } from '../manifest/effective-config.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { ScriptManifest } from '../manifest/script-manifest.ts';
import { scriptDigest } from '../package/script-digest.ts';
import type { Project } from '../project/project.ts';
import type { ScriptPlan } from '../script/read-script.ts';

/** A script in the place of a library. */
export interface ScriptSubject {
  readonly manifest: ScriptManifest;
  /** @internal Read and checked. */
  readonly plan: ScriptPlan;
}

/** A plugin and everything it is tried with; every path is absolute. */
export interface PluginSubject {
  /** Reports name files relative to it. */
  readonly root: string;
  /** The library; of a script its manifest. */
  readonly library: string;
  /** A script is run in place of a library. */
  readonly script?: ScriptSubject;
  /** A library alone, without a project that says what belongs to it. */
  readonly bare?: boolean;
  /** The file need not exist: a plugin may do without a model. Null hands no path to the plugin. */
  readonly model: string | null;
  /** What init gets, as JSON. */
  readonly config: string;
  /** Folders of libraries that the plugin needs. */
  readonly dependencies: readonly string[];
  readonly testImages: string;
  readonly expectedResults: string;
  readonly benchmark: string;
  /** The speed that the manifest promises; absent for a library alone. */
  readonly performance?: NativeManifest['performance'];
  /** Where reports and results that differ are written; absent where nothing may be written. */
  readonly reports?: string;
}

/** The subject that a project's manifest describes. */
export async function projectSubject(project: Project, overrides?: Config): Promise<PluginSubject> {
  const needed = project.manifest.plugin.dependencies[hostPlatform()] ?? [];
  return {
    root: project.root,
    library: project.libraryPath(),
    model: project.modelPath,
    config: await project.configJson(overrides),
    dependencies: [...new Set(needed.map((path) => dirname(`${project.root}${sep}${path}`)))],
    testImages: project.testImages,
    expectedResults: project.expectedResultsPath,
    benchmark: project.benchmarkPath,
    performance: project.manifest.performance,
    reports: project.reportsFolder,
  };
}

/** The digests by which a subject is known. */
export interface SubjectDigests {
  readonly plugin: string;
  /** Null where there is no model file. */
  readonly model: string | null;
  /** Of the settings with sorted keys. */
  readonly config: string;
}

/**
 * Digests a subject's files.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when there is no library.
 */
export async function digestSubject({ root, library, script, model, config }: PluginSubject): Promise<SubjectDigests> {
  const plugin = await (script ? scriptDigest(root, script.manifest) : sha256File(library)).catch((cause: unknown) => {
    throw readError(library, cause, 'build the plugin first: mvas build');
  });
  const found = model === null ? null : await sha256File(model).catch(() => null);
  return { plugin, model: found, config: sha256Hex(sortedJson(JSON.parse(config))) };
}

/** A path as reports write it: relative to the subject's root where it lies below, with `/`. */
export function reportPath({ root }: PluginSubject, path: string): string {
  const below = relative(root, path);
  return below.startsWith('..') ? path.slice(dirname(path).length + 1) : below.split(sep).join('/');
}

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(',')}}`;
}
