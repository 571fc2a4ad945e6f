// Stage 2: builds a plugin project with the driver that fits it.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readBinary } from '../binary/read-binary.ts';
import { writeError } from '../core/atomic-write.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey } from '../core/platform.ts';
import { runProcess } from '../process/run-process.ts';
import type { Project } from '../project/project.ts';
import type { BuildJob, Driver } from './driver.ts';
import { drivers } from './drivers/index.ts';
import { describeError, firstError } from './first-error.ts';
import { installStage } from './install-stage.ts';
import { placeOnnxruntime } from './onnxruntime-library.ts';

/** How to build. */
export interface BuildOptions {
  /** This machine's by default. */
  readonly platform?: PlatformKey;
  /** A preset of the project such as `debug` or `asan`; its library stays in the build tree, away from the released one. */
  readonly preset?: string | undefined;
  /** Builds from nothing. */
  readonly clean?: boolean;
  /** Shows what the build tools print, as it comes. */
  readonly verbose?: boolean;
}

/** A library that was built. */
export interface BuiltPlugin {
  /** Absolute path. */
  readonly path: string;
  readonly platform: PlatformKey;
  readonly sizeBytes: number;
  /** Names of the functions it exports, sorted. */
  readonly exports: readonly string[];
}

/**
 * Builds a project; its library is replaced only when everything went well.
 *
 * @throws {@link KitError} `BUILD_FAILED` with the first error, `TOOL_MISSING` with the command that installs the tool,
 * `PLATFORM_UNSUPPORTED`, `FLAG_INVALID` for an unknown preset, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function buildProject(project: Project, options: BuildOptions, io: Io): Promise<BuiltPlugin> {
  const platform = options.platform ?? hostPlatform();
  const library = relative(project.root, project.libraryPath(platform));
  const driver = await driverOf(project);
  const target = { project, platform, preset: options.preset, io };
  await driver.check(target);
  const tree = join(project.root, 'build', options.preset === undefined ? platform : `${platform}-${options.preset}`);
  const stage = join(tree, 'stage');
  await emptyStage(options.clean ? tree : stage, stage);
  const prefix = options.preset === undefined ? project.root : stage;
  await placeOnnxruntime(project, platform, prefix, io);
  await driver.build({ ...target, tree, stage, run: runner(project, tree, options, io) });
  await checkStage(stage, library, project);
  if (prefix === project.root) await installStage(stage, project.root, io.signal);
  return describe(join(prefix, library), platform);
}

/** Takes away what an earlier build left, and makes the stage. */
async function emptyStage(leftover: string, stage: string): Promise<void> {
  try {
    await rm(leftover, { recursive: true, force: true });
    await mkdir(stage, { recursive: true });
  } catch (cause) {
    throw writeError(stage, cause);
  }
}

async function driverOf({ root }: Project): Promise<Driver> {
  for (const driver of drivers) {
    if (await stat(join(root, driver.marker)).catch(() => undefined)) return driver;
  }
  throw new KitError(
    'FILE_NOT_FOUND',
    `${root} has none of ${drivers.map(({ marker }) => marker).join(', ')}: nothing says how to build it`,
    {
      hint: 'compare it with a project made by: mvas new',
    },
  );
}

/** Runs build tools so that their messages can be read: in English, and all of them also in a log. */
function runner({ root }: Project, tree: string, { verbose }: BuildOptions, io: Io): BuildJob['run'] {
  const lines: string[] = [];
  const env = { ...io.env, LC_ALL: 'C', VSLANG: '1033' };
  return async (command, args) => {
    const onLine = (line: string) => {
      lines.push(line);
      if (verbose) io.progress(line);
    };
    const { exitCode } = await runProcess(command, args, { cwd: root, env, signal: io.signal, onLine });
    if (exitCode === 0) return;
    const log = join(tree, 'build.log');
    await mkdir(tree, { recursive: true });
    await writeFile(log, `${lines.join('\n')}\n`);
    throw await buildFailed(lines, root, log);
  };
}

async function buildFailed(lines: readonly string[], root: string, log: string): Promise<KitError> {
  const error = firstError(lines, root);
  const last = lines.filter((line) => line.trim() !== '').slice(-5);
  const source = error?.file === undefined ? undefined : await readFile(error.file, 'utf8').catch(() => undefined);
  const text = error === undefined ? `the build tools failed, their last lines: ${last.join('\n')}` : describeError(error, root, source);
  return new KitError('BUILD_FAILED', text, { hint: `everything the build printed is in ${log}` });
}

async function checkStage(stage: string, library: string, { manifestPath }: Project): Promise<void> {
  if (await stat(join(stage, library)).catch(() => undefined)) return;
  const files = await readdir(stage, { recursive: true, withFileTypes: true });
  const installed = files
    .filter((file) => file.isFile())
    .map((file) => relative(stage, join(file.parentPath, file.name)).split(sep).join('/'));
  throw new KitError(
    'BUILD_FAILED',
    `the build installs no ${library}, which ${manifestPath} names; it installs ${installed.join(', ') || 'nothing'}`,
    {
      hint: 'mend the install rule of the build or the path in plugin.binaries',
    },
  );
}

async function describe(path: string, platform: PlatformKey): Promise<BuiltPlugin> {
  const binary = readBinary(path);
  if (!binary.platforms.includes(platform)) {
    throw new KitError('BUILD_FAILED', `${path} is built for ${binary.platforms.join(', ') || 'another machine'}, not for ${platform}`, {
      hint: 'build again with --clean',
    });
  }
  const { size } = await stat(path);
  return { path, platform, sizeBytes: size, exports: binary.exports.map(({ name }) => name).sort() };
}
