// What a build driver gets and does; a project has exactly one that fits.
import type { Io } from '../core/io.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { Project } from '../project/project.ts';

/** What is to be built. */
export interface BuildTarget {
  readonly project: Project;
  readonly platform: PlatformKey;
  /** A preset of the project, or undefined for the release build. */
  readonly preset: string | undefined;
  readonly io: Io;
}

/** One build of a project. */
export interface BuildJob extends BuildTarget {
  /** Where object files live; kept between builds. */
  readonly tree: string;
  /** Empty folder that the driver installs into, laid out as the project is. */
  readonly stage: string;
  /**
   * Runs a build tool in the project's root.
   *
   * @throws KitError `BUILD_FAILED` with the first error of what it printed.
   */
  run(command: string, args: readonly string[]): Promise<void>;
}

/** A way to build. */
export interface Driver {
  readonly id: string;
  /** File in the project's root by which it is recognised. */
  readonly marker: string;
  /**
   * Looks whether it can be built at all, before anything is written or taken away.
   *
   * @throws KitError `FLAG_INVALID` for a preset that the project lacks, `PLATFORM_UNSUPPORTED`, `TOOL_MISSING`.
   */
  check(target: BuildTarget): Promise<void>;
  build(job: BuildJob): Promise<void>;
}
