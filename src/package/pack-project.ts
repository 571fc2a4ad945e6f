// Makes the package of a project.
import { join } from 'node:path';
import { readBinary } from '../binary/read-binary.ts';
import { readJsonFile } from '../core/json-file.ts';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { isPlatformKey, type PlatformKey } from '../core/platform.ts';
import { forFieldHost } from '../manifest/field-host.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { parseManifest } from '../manifest/read-manifest.ts';
import type { Project } from '../project/project.ts';
import { bytesSource, compressed, fileSource, type LateSource } from './archive-source.ts';
import { misplacedFiles } from './layout.ts';
import { manifestBytes, packedManifest } from './packed-manifest.ts';
import { packReports } from './packed-reports.ts';
import { findProjectFiles, type ProjectFile } from './project-files.ts';
import { makeSbom, type SbomSubject } from './sbom.ts';
import { findSecrets } from './secrets.ts';
import { type WrittenArchive, writeArchive } from './write-archive.ts';

/** How to pack. */
export interface PackOptions {
  /** Where to; default `<id>-<version>.mvapp` in the project. */
  readonly output?: string;
  /** Only these platforms; default all that the manifest names. */
  readonly platforms?: readonly PlatformKey[];
  /** Refuse when a report is missing, stale or of a failure. */
  readonly requireReports?: boolean;
  /** Write the manifest as that host needs it, whose types are stricter. */
  readonly host?: 'field';
  /** Deflate what gets smaller by it. The bytes then depend on the build of zlib: two packs are the same content, not the same file. */
  readonly compress?: boolean;
  /** Recorded in the list of components as its time; without it the same content gives the same bytes. */
  readonly time?: Date | undefined;
  readonly signal?: AbortSignal;
}

/** A package that was made of a project. */
export interface PackedProject extends WrittenArchive {
  readonly id: string;
  readonly version: string;
  readonly platforms: readonly PlatformKey[];
  /** Names of all files in it. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Packs what the manifest names, models, config, assets, licences, test pictures and references, the reports of this very build, and a list
 * of components (SBOM).
 *
 * @throws {@link KitError} `PACKAGE_REFUSED` with every reason at once; `WRITE_FAILED`; `INTERRUPTED`.
 */
export async function packProject(
  project: Pick<Project, 'root' | 'manifestPath' | 'reportsFolder'>,
  options: PackOptions = {},
): Promise<PackedProject> {
  const reduced = packedManifest(await readJsonFile(project.manifestPath), options.platforms);
  const { manifest: written, files: made } = options.host === 'field' ? forFieldHost(reduced) : { manifest: reduced, files: [] };
  const manifest = parseManifest(written, project.manifestPath);
  const { plugin } = reduced as { plugin: { model?: { path?: string } } };
  const own = parseManifest(reduced, project.manifestPath);
  const { files, problems } = await findProjectFiles(project.root, own, plugin.model?.path !== undefined);
  const binaries = binaryFiles(manifest, files);
  const reports = await packReports(project.reportsFolder, binaries);
  refuse([
    ...problems,
    ...inTheWay(files, made),
    ...(await wrongFiles(manifest, files)),
    ...(options.requireReports ? reports.warnings : []),
  ]);
  const sources = [
    bytesSource('manifest.json', manifestBytes(written)),
    ...files.map(({ name, path, sizeBytes }) => fileSource(name, path, sizeBytes)),
    ...made.map(({ name, bytes }) => bytesSource(name, bytes)),
    ...reports.reports.map(({ name, bytes }) => bytesSource(name, bytes)),
    ...sbomSource({ root: project.root, manifest, files, time: options.time }),
  ];
  const output = options.output ?? packagePath(project.root, manifest);
  const archive = await writeArchive(output, options.compress ? sources.map(compressed) : sources, options);
  return {
    ...archive,
    id: manifest.app.id,
    version: manifest.app.version,
    platforms: [...binaries.keys()],
    files: sources.map(({ name }) => name).sort(),
    warnings: [...reports.warnings, ...sizeWarnings(manifest, archive.sizeBytes)],
  };
}

/** Where the package of a project lies unless the caller says otherwise. */
export function packagePath(root: string, { app }: NativeManifest): string {
  return join(root, `${app.id}-${app.version}.mvapp`);
}

/** What the manifest holds becomes a file; one of that name would be another. */
function inTheWay(files: readonly ProjectFile[], made: readonly { readonly name: string }[]): string[] {
  const taken = made.filter(({ name }) => files.some((file) => file.name === name));
  return taken.map(
    ({ name }) => `${name} is in the way of the settings in configuration.default_config: name the file there, or remove it`,
  );
}

/** A list that the project brings along is its own to answer for. */
function sbomSource(subject: SbomSubject): LateSource[] {
  const name = 'sbom.cdx.json';
  return subject.files.some((file) => file.name === name) ? [] : [{ name, make: (digests) => makeSbom(subject, digests) }];
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new KitError('PACKAGE_REFUSED', problems.join('; '), {
    hint: 'build and test every platform, mend what is named, or pack fewer platforms with --platform',
  });
}

function binaryFiles({ plugin }: NativeManifest, files: readonly ProjectFile[]): Map<PlatformKey, ProjectFile> {
  const found = new Map<PlatformKey, ProjectFile>();
  for (const [key, path] of Object.entries(plugin.binaries)) {
    const file = files.find(({ name }) => name === path);
    if (isPlatformKey(key) && file !== undefined) found.set(key, file);
  }
  return found;
}

async function wrongFiles(manifest: NativeManifest, files: readonly ProjectFile[]): Promise<string[]> {
  const problems = misplacedFiles(
    files.map(({ name }) => name),
    manifest,
  ).map((name) => `${name} lies where a package has no files: move it, or list it in extraFiles`);
  return [...problems, ...(await findSecrets(files)), ...wrongLibraries(manifest, files)];
}

const libraryName = /\.(dll|dylib|so(\.\d+)*)$/;

function wrongLibraries({ plugin }: NativeManifest, files: readonly ProjectFile[]): string[] {
  const expected = [
    ...Object.entries(plugin.binaries).map(([key, path]) => [key, path] as const),
    ...Object.entries(plugin.dependencies).flatMap(([key, paths]) =>
      paths.filter((path) => libraryName.test(path)).map((path) => [key, path] as const),
    ),
  ];
  return expected.flatMap(([key, path]) => {
    const file = files.find(({ name }) => name === path);
    return file === undefined ? [] : (libraryProblem(file, key) ?? []);
  });
}

function libraryProblem(file: ProjectFile, platform: string): string | undefined {
  try {
    const { platforms, format, machine } = readBinary(file.path);
    if (platforms.some((key) => key === platform)) return undefined;
    return `${file.name} is no library for ${platform}: it is ${format} for ${platforms.join(' and ') || machine}`;
  } catch (error) {
    return toErrorText(error);
  }
}

function sizeWarnings({ plugin }: NativeManifest, sizeBytes: number): string[] {
  const paths = [plugin.model.path, plugin.model.fallback].filter((path) => path !== undefined);
  const engineOnly = paths.every((path) => /\.(engine|plan|trt)$/.test(path));
  const large = sizeBytes > 100e6 && Object.keys(plugin.dependencies).length === 0;
  return [
    ...(engineOnly ? [`${plugin.model.path} runs only on the GPU that it was built on: add an ONNX model as plugin.model.fallback`] : []),
    ...(large ? [`the package has ${Math.round(sizeBytes / 1e6)} MB: packages above 100 MB take long to install`] : []),
  ];
}
