// Finds the files of a project that belong into its package.
import { lstat, readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { inLanes } from '../core/in-lanes.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { Manifest, ScriptManifest } from '../manifest/script-manifest.ts';
import { namedFiles } from './named-files.ts';

/** A file of a project: its name in the package and its place on disk. */
export interface ProjectFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/** What was found, and everything that forbids packing, as sentences. */
export interface FoundFiles {
  readonly files: readonly ProjectFile[];
  readonly problems: readonly string[];
}

/** Folders that are packed whole. */
const wholeFolders = ['models', 'config', 'assets', 'licenses'];

/** Folders of scripts that are packed whole as well. */
const scriptFolders = ['model', 'preprocessing', 'postprocessing', 'processors', 'rules', 'localization'];

/** Files that systems and editors leave behind. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.gitkeep', '.gitignore', '.gitattributes']);

/** So many files are asked for their size at a time. */
const statLanes = 8;

/** Collects the files that the manifest names, the folders that are packed whole, and the tests' pictures and references. */
export async function findProjectFiles(root: string, manifest: Manifest, modelIsNamed: boolean): Promise<FoundFiles> {
  const files = new Map<string, ProjectFile>();
  const problems: string[] = [];
  const search: Search = { root, files, problems };
  for (const { field, path } of filesToPack(manifest, modelIsNamed)) await addFile(search, path, `${field} names ${path}`);
  const results = manifest.testing.expected_results ?? 'test/expected_results.json';
  const optionalFiles = [results, posix.join(posix.dirname(results), 'benchmark.json'), 'sbom.cdx.json'];
  const images = manifest.testing.test_images ?? 'test/test_images';
  const folders = [
    ...wholeFolders,
    ...(manifest.package_type === 'native' ? [] : scriptFolders),
    images,
    posix.join(posix.dirname(results), 'expected'),
  ];
  for (const path of optionalFiles) await addFile(search, path);
  for (const folder of folders) await addFolder(search, folder.replace(/\/$/, ''));
  for (const path of manifest.extraFiles) {
    await (path.endsWith('/') ? addFolder(search, path.slice(0, -1)) : addFile(search, path, `extraFiles names ${path}`));
  }
  return { files: [...files.values()], problems };
}

interface Named {
  readonly field: string;
  readonly path: string;
}

function filesToPack(manifest: Manifest, modelIsNamed: boolean): Named[] {
  const { app, configuration, testing } = manifest;
  const own = manifest.package_type === 'native' ? pluginFiles(manifest, modelIsNamed) : scriptFiles(manifest);
  const named = [...own, ...app.preview_images.map((path) => ({ field: 'app.preview_images', path }))];
  const single: [string, string | undefined][] = [
    ['configuration.default_config', typeof configuration.default_config === 'string' ? configuration.default_config : undefined],
    ['app.icon', app.icon],
    ['app.documentation', app.documentation?.includes('://') ? undefined : app.documentation],
    ['testing.expected_results', testing.expected_results],
  ];
  return [...named, ...single.flatMap(([field, path]) => (path === undefined ? [] : [{ field, path }]))];
}

function pluginFiles({ plugin }: NativeManifest, modelIsNamed: boolean): Named[] {
  const { model } = plugin;
  const single: [string, string | undefined][] = [
    ['plugin.model.path', modelIsNamed ? model.path : undefined],
    ['plugin.model.fallback', model.fallback],
    ['plugin.model.config', model.config],
  ];
  return [
    ...Object.entries(plugin.binaries).map(([key, path]) => ({ field: `plugin.binaries.${key}`, path })),
    ...Object.entries(plugin.dependencies).flatMap(([key, paths]) => paths.map((path) => ({ field: `plugin.dependencies.${key}`, path }))),
    ...Object.entries(model.engines).map(([key, path]) => ({ field: `plugin.model.engines.${key}`, path })),
    ...single.flatMap(([field, path]) => (path === undefined ? [] : [{ field, path }])),
  ];
}

function scriptFiles(manifest: ScriptManifest): Named[] {
  const { model, input } = manifest.v1 ?? {};
  const roi = typeof input?.roi_mask === 'string' ? [{ field: 'input.roi_mask', path: input.roi_mask }] : [];
  const more = (model?.additional_files ?? []).map((path) => ({ field: 'model.additional_files', path }));
  const named = namedFiles(manifest).map(({ pointer, path }) => ({ field: pointer.slice(1).replaceAll('/', '.'), path }));
  return [...named, ...more, ...roi];
}

interface Search {
  readonly root: string;
  readonly files: Map<string, ProjectFile>;
  readonly problems: string[];
}

/** Adds one file; a missing one is a problem only when somebody named it. */
async function addFile(search: Search, name: string, reason?: string): Promise<void> {
  const link = await linkOn(search.root, name);
  if (link !== undefined) return void search.problems.push(`${link} is a link: put the file itself there`);
  const path = join(search.root, name);
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isFile()) return void search.files.set(name, { name, path, sizeBytes: stat.size });
  if (reason !== undefined) search.problems.push(`${reason}, which ${stat === undefined ? 'is missing' : 'is no file'}`);
}

async function addFolder(search: Search, name: string): Promise<void> {
  const link = await linkOn(search.root, name);
  if (link !== undefined) return void search.problems.push(`${link} is a link: put the folder itself there`);
  await addItems(search, name);
}

/** Adds what lies in a folder; neither that nor any above it is a link. */
async function addItems({ root, files, problems }: Search, folder: string): Promise<void> {
  const items = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const wanted = items.filter((item) => item.isDirectory() || !litter.has(item.name));
  const sizes = await inLanes(wanted, statLanes, async (item) => (item.isFile() ? (await lstat(join(root, folder, item.name))).size : 0));
  for (const [index, item] of wanted.entries()) {
    const name = `${folder}/${item.name}`;
    if (item.isDirectory()) await addItems({ root, files, problems }, name);
    else if (item.isFile()) files.set(name, { name, path: join(root, name), sizeBytes: sizes[index] ?? 0 });
    else problems.push(item.isSymbolicLink() ? `${name} is a link: put the file itself there` : `${name} is neither a file nor a folder`);
  }
}

/** The first part of a path below the root that is a link, or undefined. */
async function linkOn(root: string, name: string): Promise<string | undefined> {
  const parent = dirname(name);
  const above = parent === '.' ? undefined : await linkOn(root, parent);
  if (above !== undefined) return above;
  return (await lstat(join(root, name)).catch(() => undefined))?.isSymbolicLink() ? name : undefined;
}
