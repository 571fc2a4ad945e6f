// Builds with CMake from 3.18 on: configure when something changed, compile in parallel, install into the stage.
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, platform as system } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { hostPlatform, platforms } from '../../core/platform.ts';
import { findProgram } from '../../process/find-program.ts';
import { crossCompiler, requireCrossProgram } from '../cross-compilers.ts';
import type { BuildJob, BuildTarget, Driver } from '../driver.ts';
import { requireCMake, requireCompiler } from '../tool-chain.ts';
import { type CacheVariables, presetNames, readPreset } from './cmake-presets.ts';

/** CMake, for every project with a CMakeLists.txt. */
export const cmake: Driver = {
  id: 'cmake',
  marker: 'CMakeLists.txt',
  async check(target) {
    await variablesOf(target);
  },
  async build(job) {
    const variables = await variablesOf(job);
    const config = variables['CMAKE_BUILD_TYPE'] ?? 'Release';
    await configure(job, variables);
    await job.run('cmake', ['--build', job.tree, '--config', config, '--parallel', String(availableParallelism())]);
    await job.run('cmake', ['--install', job.tree, '--config', config, '--prefix', job.stage]);
  },
};

/** Configures unless the tree already was, with these arguments by this CMake; a stale tree would keep old settings. */
async function configure(job: BuildJob, variables: CacheVariables): Promise<void> {
  const { tree, project, io } = job;
  const args = ['-S', project.root, '-B', tree, ...(await generatorArgs(job)), ...definitions(variables)];
  const stamp = join(tree, '.mvas-configured');
  const wanted = JSON.stringify([await findProgram('cmake', io.env), ...args]);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await requireCMake(io.env);
  await requireCompilers(job, variables['CMAKE_TOOLCHAIN_FILE']);
  await rm(join(tree, 'CMakeCache.txt'), { force: true });
  await rm(join(tree, 'CMakeFiles'), { recursive: true, force: true });
  await job.run('cmake', args);
  await writeFile(stamp, wanted);
}

/** A toolchain file that names another compiler than ours is its author's own to provide for. */
async function requireCompilers({ platform, io }: BuildJob, toolchain: string | undefined): Promise<void> {
  if (toolchain === undefined) return void (await requireCompiler(io.env));
  const compiler = crossCompiler(platform);
  const text = await readFile(toolchain, 'utf8').catch(() => '');
  if (compiler !== undefined && text.includes(compiler.cxx)) await requireCrossProgram(platform, compiler.cxx, compiler.tool, io.env);
}

async function variablesOf({ project, platform, preset }: BuildTarget): Promise<CacheVariables> {
  const { root } = project;
  const foreign = platform === hostPlatform() ? {} : await foreignVariables(root, platform);
  const chosen = preset === undefined ? {} : await readPreset(root, preset);
  if (chosen === undefined) {
    throw new KitError('FLAG_INVALID', `${root} has no preset "${preset}"`, {
      hint: `CMakePresets.json has ${(await presetNames(root)).join(', ') || 'none'}`,
    });
  }
  return { CMAKE_BUILD_TYPE: 'Release', CMAKE_INSTALL_PREFIX: root, ...foreign, ...chosen };
}

/** Another platform is built for by the project's toolchain file of its name. */
async function foreignVariables(root: string, platform: BuildJob['platform']): Promise<CacheVariables> {
  const toolchain = join(root, 'cmake', 'toolchains', `${platform}.cmake`);
  if (await stat(toolchain).catch(() => undefined)) return { CMAKE_TOOLCHAIN_FILE: toolchain };
  // A Mac builds for both of its processors, Visual Studio for both of Windows', without any toolchain file.
  if (platforms[platform].os === 'darwin' && system() === 'darwin') {
    return { CMAKE_OSX_ARCHITECTURES: platforms[platform].cpu === 'x64' ? 'x86_64' : 'arm64' };
  }
  if (platforms[platform].os === 'win32' && system() === 'win32') return {};
  throw new KitError('PLATFORM_UNSUPPORTED', `this machine (${hostPlatform()}) has no toolchain for ${platform}`, {
    hint: `build on ${platform}, or write the toolchain file ${toolchain}`,
  });
}

function definitions(variables: CacheVariables): string[] {
  return Object.entries(variables).map(([name, value]) => `-D${name}=${value}`);
}

/** The user's CMAKE_GENERATOR wins; without make, ninja is taken; Visual Studio must be told the processor. */
async function generatorArgs({ io, platform }: BuildJob): Promise<string[]> {
  if (io.env['CMAKE_GENERATOR'] !== undefined) return [];
  if (system() === 'win32')
    return (await findProgram('cl', io.env)) === undefined ? ['-A', platforms[platform].cpu === 'x64' ? 'x64' : 'ARM64'] : [];
  const makeless = (await findProgram('make', io.env)) === undefined && (await findProgram('ninja', io.env)) !== undefined;
  return makeless ? ['-G', 'Ninja'] : [];
}
