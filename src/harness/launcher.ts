// Another Node than this one to run jobs in: of the plugin's platform, under something that runs its programs here.
import type { PlatformKey } from '../core/platform.ts';

/** How processes of another Node are started, as child_process.fork starts them. */
export interface OtherNode {
  readonly execPath: string;
  readonly execArgv: readonly string[];
}

/** An emulator of single processes: each is a child of this one like any other. Its own arguments come first, then the foreign Node and its options. */
export interface Emulator extends OtherNode {
  readonly kind: 'qemu';
  /** The platform that its processes see. */
  readonly platform: PlatformKey;
}

/** Wine: Windows around a Node of its own, which starts the jobs' processes in there and sees how they end. */
export interface Wine {
  readonly kind: 'wine';
  readonly platform: PlatformKey;
  /** Path of the program `wine`. */
  readonly execPath: string;
  /** Path of the Windows Node. */
  readonly node: string;
  /** Folder of a Windows of the kit's own; made at the first use. */
  readonly prefix: string;
  /** The environment that Wine is started in, without what is its own. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const emulatedSlowness = 10;

/** How many times longer everything may take there than on a machine of its own; 1 where nothing is emulated. */
export function slowdownOf(emulator: Launcher | OtherNode | undefined): number {
  return emulator === undefined ? 1 : emulatedSlowness;
}

/** What runs the jobs of a library for another platform. */
export type Launcher = Emulator | Wine;

/** The platform that each runs libraries of. */
const platformsOfRunners = { qemu: 'linux-arm64', wine: 'windows-x64' } as const;

/** What a launcher is called in flags and reports. */
export type RunnerName = keyof typeof platformsOfRunners;

/** All of them. */
export const runnerNames = Object.keys(platformsOfRunners) as RunnerName[];

/** The platform that a runner is for. */
export function platformOfRunner(name: RunnerName): PlatformKey {
  return platformsOfRunners[name];
}
