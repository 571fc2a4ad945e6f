// The machine a report was made on, without anything that identifies a person.
import { arch, availableParallelism, cpus, release, type } from 'node:os';
// biome-ignore lint/style/noRestrictedImports: the version of the runtime is a constant, no state of the process
import { versions } from 'node:process';
import { hostPlatform, type PlatformKey } from './platform.ts';

/** What decides about speed and behaviour of a plugin. */
export interface HostFacts {
  readonly platform: PlatformKey;
  /** Name and release of the operating system's kernel. */
  readonly system: string;
  readonly cpu: string;
  /** Processors this process may use. */
  readonly cores: number;
  readonly node: string;
}

/** Describes this machine. */
export function hostFacts(): HostFacts {
  return {
    platform: hostPlatform(),
    system: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() || arch(),
    cores: availableParallelism(),
    node: versions.node,
  };
}
