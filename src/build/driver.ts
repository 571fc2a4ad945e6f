// What a build driver gets and does; a project has exactly one that fits.
import type { Io } from '../core/io.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { Project } from '../project/project.ts';

/** One build of a project. */
export interface BuildJob {
  readonly project: Project;
  readonly platform: PlatformKey;
  /** A preset of the project, or undefined for the release build. */
  readonly preset: string | undefined;
  /** Where object files live; kept between builds. */
  readonly tree: string;
  /** Empty folder that the driver installs into, laid out as the project is. */
  readonly stage: string;
  readonly io: Io;
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
  build(job: BuildJob): Promise<void>;
}
