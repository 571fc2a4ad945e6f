// Makes the package of a project.
import { join } from 'node:path';
import { readBinary } from '../binary/read-binary.ts';
import { sha256File } from '../core/digest.ts';
import { readJsonFile } from '../core/json-file.ts';
import { KitError, toErrorText } from '../core/kit-error.ts';
import { hostPlatform, isPlatformKey, type PlatformKey } from '../core/platform.ts';
import { forFieldHost } from '../manifest/field-host.ts';
import { manifestKind } from '../manifest/manifest-kind.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { parseAnyManifest, parseManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import type { Project } from '../project/project.ts';
import { bytesSource, compressed, fileSource, type LateSource } from './archive-source.ts';
import { misplacedFiles } from './layout.ts';
import { manifestBytes, packedManifest } from './packed-manifest.ts';
import { packReports, type Reported } from './packed-reports.ts';
import { findProjectFiles, type ProjectFile } from './project-files.ts';
import { makeSbom, type SbomSubject } from './sbom.ts';
import { scriptDigest } from './script-digest.ts';
import { findSecrets } from './secrets.ts';
import { type WrittenArchive, writeArchive } from './write-archive.ts';

type Json = Readonly<Record<string, unknown>>;

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
  const json = await readJsonFile(project.manifestPath);
  if (manifestKind(json) !== 'native') return await packScript(project, json, options);
  const reduced = packedManifest(json, options.platforms);
  const { manifest: written, files: made } = options.host === 'field' ? forFieldHost(reduced) : { manifest: reduced, files: [] };
  const manifest = parseManifest(written, project.manifestPath);
  const { plugin } = reduced as { plugin: { model?: { path?: string } } };
  const own = parseManifest(reduced, project.manifestPath);
  const { files, problems } = await findProjectFiles(project.root, own, plugin.model?.path !== undefined);
  const binaries = binaryFiles(manifest, files);
  const reports = await packReports(project.reportsFolder, await reportedBinaries(binaries));
  refuse([
    ...problems,
    ...inTheWay(files, made),
    ...(await filesInPlace(manifest, files)),
    ...wrongLibraries(manifest, files),
    ...(options.requireReports ? reports.warnings : []),
  ]);
  const packed = await write(project.root, { written, manifest, files, made: [...made, ...reports.reports] }, options);
  return {
    ...packed,
    platforms: [...binaries.keys()],
    warnings: [...reports.warnings, ...sizeWarnings(manifest, packed.sizeBytes)],
  };
}

/** What goes into a package besides its list of components. */
interface Content {
  /** The manifest as it is written. */
  readonly written: Json;
  readonly manifest: Manifest;
  readonly files: readonly ProjectFile[];
  /** Files that the project does not have. */
  readonly made: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** Writes a package of any kind. */
async function write(
  root: string,
  { written, manifest, files, made }: Content,
  options: PackOptions,
): Promise<Omit<PackedProject, 'platforms' | 'warnings'>> {
  const sources = [
    bytesSource('manifest.json', manifestBytes(written)),
    ...files.map(({ name, path, sizeBytes }) => fileSource(name, path, sizeBytes)),
    ...made.map(({ name, bytes }) => bytesSource(name, bytes)),
    ...sbomSource({ root, manifest, files, time: options.time }),
  ];
  const output = options.output ?? packagePath(root, manifest);
  const archive = await writeArchive(output, options.compress ? sources.map(compressed) : sources, options);
  const { id, version } = manifest.app;
  return { ...archive, id, version, files: sources.map(({ name }) => name).sort() };
}

async function reportedBinaries(binaries: ReadonlyMap<PlatformKey, ProjectFile>): Promise<Map<PlatformKey, Reported>> {
  const reported = new Map<PlatformKey, Reported>();
  for (const [key, { name, path }] of binaries) reported.set(key, { name, sha256: await sha256File(path) });
  return reported;
}

/** A script runs on every platform, and has no library to be conformed. */
async function packScript(
  project: Pick<Project, 'root' | 'manifestPath' | 'reportsFolder'>,
  json: unknown,
  options: PackOptions,
): Promise<PackedProject> {
  const manifest = parseAnyManifest(json, project.manifestPath);
  if (manifest.package_type === 'native') throw new Error('a native manifest is packed by its platforms');
  if (options.platforms !== undefined)
    throw new KitError('FLAG_INVALID', `${manifest.app.id} is a ${manifest.package_type}: it runs on every platform`, {
      hint: 'leave --platform out',
    });
  if (options.host === 'field' && manifest.v1 === undefined)
    throw new KitError('PACKAGE_REFUSED', 'the field host takes native and version 1 packages', { hint: 'leave --host out' });
  const { files, problems } = await findProjectFiles(project.root, manifest, true);
  refuse([...problems, ...(await filesInPlace(manifest, files))]);
  const reported = new Map([[hostPlatform(), { name: 'the script', sha256: await scriptDigest(project.root, manifest) }]]);
  const reports = await packReports(project.reportsFolder, reported, ['golden']);
  refuse(options.requireReports ? reports.warnings : []);
  const written = manifest.v1 === undefined ? { ...(json as Json), package_type: manifest.package_type } : (json as Json);
  const packed = await write(project.root, { written, manifest, files, made: reports.reports }, options);
  return { ...packed, platforms: [], warnings: reports.warnings };
}

/** Where the package of a project lies unless the caller says otherwise. */
export function packagePath(root: string, { app }: Pick<NativeManifest, 'app'>): string {
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

async function filesInPlace(manifest: Manifest, files: readonly ProjectFile[]): Promise<string[]> {
  const problems = misplacedFiles(
    files.map(({ name }) => name),
    manifest,
  ).map((name) => `${name} lies where a package has no files: move it, or list it in extraFiles`);
  return [...problems, ...(await findSecrets(files))];
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
