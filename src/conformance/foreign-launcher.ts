// Finds what runs the suite on a library of another platform: an emulator, and a Node of that platform.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { platform as system } from 'node:os';
import { dirname, join } from 'node:path';
import { hostFacts } from '../core/host-facts.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { compiledModule } from '../core/kit-version.ts';
import { hostPlatform, type PlatformKey } from '../core/platform.ts';
import type { Launcher } from '../harness/launcher.ts';
import { findProgram } from '../process/find-program.ts';
import { mvasHome } from '../signing/mvas-home.ts';

/** An emulator of processes, with the folder of the foreign C library that Debian's cross compilers bring. */
interface Emulator {
  readonly programs: readonly string[];
  readonly systemRoot: string;
  /** What to install on Debian and Ubuntu. */
  readonly packages: string;
}

const emulators: Partial<Record<PlatformKey, Emulator>> = {
  'linux-arm64': {
    programs: ['qemu-aarch64-static', 'qemu-aarch64'],
    systemRoot: '/usr/aarch64-linux-gnu',
    packages: 'qemu-user-static g++-aarch64-linux-gnu',
  },
};

/**
 * The launcher for a platform; undefined for this machine's own.
 *
 * @throws {@link KitError} `PLATFORM_UNSUPPORTED` where nothing here can run it; `TOOL_MISSING` with what to install.
 */
export async function foreignLauncher(platform: PlatformKey, env: Io['env']): Promise<Launcher | undefined> {
  if (platform === hostPlatform()) return undefined;
  const emulator = emulators[platform];
  if (emulator === undefined || system() !== 'linux')
    throw new KitError('PLATFORM_UNSUPPORTED', `a library for ${platform} cannot be run on ${hostPlatform()}`, {
      hint: `run the suite on a machine of that platform; on Linux there is an emulator for ${Object.keys(emulators).join(', ')}`,
    });
  const execPath = (await Promise.all(emulator.programs.map((name) => findProgram(name, env)))).find((path) => path !== undefined);
  if (execPath === undefined || !existsSync(emulator.systemRoot))
    throw new KitError('TOOL_MISSING', `there is no emulator for ${platform}`, {
      hint: `install it: apt-get install ${emulator.packages}`,
    });
  const folder = join(mvasHome(env), 'foreign', platform);
  const node = join(folder, 'node_modules', `node-${platform}`, 'bin/node');
  if (!existsSync(node) || !existsSync(join(folder, 'node_modules/koffi')))
    throw new KitError('TOOL_MISSING', `there is no Node for ${platform} in ${folder}`, {
      hint: `install it: ${installLine(platform, folder)}`,
    });
  const preload = compiledModule('harness/jobs/foreign-koffi-entry.js').href;
  return { kind: 'qemu', platform, execPath, execArgv: ['-L', emulator.systemRoot, node, '--import', preload] };
}

/** npm keeps packages of other platforms from being installed, hence the force. */
function installLine(platform: PlatformKey, folder: string): string {
  const folderOfKoffi = dirname(createRequire(import.meta.url).resolve('koffi'));
  const koffi = (JSON.parse(readFileSync(join(folderOfKoffi, 'package.json'), 'utf8')) as { version: string }).version;
  const packages = `node-${platform}@${hostFacts().node} koffi@npm:@koromix/koffi-${platform}@${koffi}`;
  return `npm install --prefix ${JSON.stringify(folder)} --force --ignore-scripts ${packages}`;
}
