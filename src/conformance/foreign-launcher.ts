// Finds what runs the suite on a library of another platform: an emulator or Wine, and a Node of that platform.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hostFacts } from '../core/host-facts.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import { hostPlatform, type PlatformKey } from '../core/platform.ts';
import { type Launcher, platformOfRunner, type RunnerName, runnerNames } from '../harness/launcher.ts';
import { findProgram } from '../process/find-program.ts';
import { mvasHome } from '../signing/mvas-home.ts';

/** A way to run programs of one other platform on Linux. */
interface Way {
  /** Any of these. */
  readonly programs: readonly string[];
  /** Folders of the system that must be there too. */
  readonly folders: readonly string[];
  /** What to install on Debian and Ubuntu. */
  readonly packages: string;
  /** The Node, in its package. */
  readonly node: string;
}

/** Where Debian's cross compilers put the foreign C library. */
const arm64System = '/usr/aarch64-linux-gnu';

const ways: Record<RunnerName, Way> = {
  qemu: {
    programs: ['qemu-aarch64-static', 'qemu-aarch64'],
    folders: [arm64System],
    packages: 'qemu-user-static g++-aarch64-linux-gnu',
    node: 'bin/node',
  },
  wine: { programs: ['wine', 'wine64'], folders: [], packages: '--no-install-recommends wine wine64', node: 'bin/node.exe' },
};

/** Platforms that another machine's library can be tested for here, if what runs it is installed. */
export function emulatedPlatforms(): PlatformKey[] {
  return hostPlatform() === 'linux-x64' ? runnerNames.map(platformOfRunner) : [];
}

/**
 * The launcher for a platform; undefined for this machine's own.
 *
 * @throws {@link KitError} `PLATFORM_UNSUPPORTED` where nothing here can run it; `TOOL_MISSING` with what to install.
 */
export async function foreignLauncher(platform: PlatformKey, env: Io['env']): Promise<Launcher | undefined> {
  if (platform === hostPlatform()) return undefined;
  const kind = runnerNames.find((name) => platformOfRunner(name) === platform);
  if (kind === undefined || !emulatedPlatforms().includes(platform))
    throw new KitError('PLATFORM_UNSUPPORTED', `a library for ${platform} cannot be run on ${hostPlatform()}`, {
      hint: `run the suite on a machine of that platform; linux-x64 can run those for ${runnerNames.map(platformOfRunner).join(' and ')}`,
    });
  const way = ways[kind];
  const execPath = (await Promise.all(way.programs.map((name) => findProgram(name, env)))).find((path) => path !== undefined);
  if (execPath === undefined || !way.folders.every(existsSync))
    throw new KitError('TOOL_MISSING', `there is nothing to run libraries for ${platform} with (${kind})`, {
      hint: `install it: apt-get install ${way.packages}`,
    });
  const folder = join(mvasHome(env), 'foreign', platform);
  const node = join(folder, 'node_modules', `node-${nodeName(platform)}`, way.node);
  if (!existsSync(node) || !existsSync(join(folder, 'node_modules/koffi')))
    throw new KitError('TOOL_MISSING', `there is no Node for ${platform} in ${folder}`, {
      hint: `install it: ${installLine(platform, folder)}`,
    });
  if (kind === 'wine') return { kind, platform, execPath, node, prefix: join(folder, 'wine'), env };
  const preload = compiledModule('harness/jobs/foreign-koffi-entry.js').href;
  return { kind, platform, execPath, execArgv: ['-L', arm64System, node, '--import', preload] };
}

/** npm keeps packages of other platforms from being installed, hence the force. */
function installLine(platform: PlatformKey, folder: string): string {
  const folderOfKoffi = dirname(createRequire(import.meta.url).resolve('koffi'));
  const koffi = (JSON.parse(readFileSync(join(folderOfKoffi, 'package.json'), 'utf8')) as { version: string }).version;
  const packages = `node-${nodeName(platform)}@${hostFacts().node} koffi@npm:@koromix/koffi-${platform.replace('windows', 'win32')}@${koffi}`;
  return `npm install --prefix ${JSON.stringify(folder)} --force --ignore-scripts ${packages}`;
}

/** As the packages of Node spell a platform. */
function nodeName(platform: PlatformKey): string {
  return platform.replace('windows', 'win');
}
