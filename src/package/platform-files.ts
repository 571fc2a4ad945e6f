// Which files of a project one platform's build makes: those that travel from the machine that built to the one that packs.
import type { PlatformKey } from '../core/platform.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { reportKinds } from './report-kinds.ts';

/** Paths in the project, with `/`. */
export interface PlatformFiles {
  /** The library, what it needs and its engine, as the manifest names them. */
  readonly required: readonly string[];
  /** Its reports; a build need not bring any. */
  readonly optional: readonly string[];
}

/** The files of a platform that the manifest names in `plugin.binaries`. */
export function platformFiles({ plugin }: NativeManifest, platform: PlatformKey): PlatformFiles {
  const named = [plugin.binaries[platform], ...(plugin.dependencies[platform] ?? []), plugin.model.engines[platform]];
  return {
    required: [...new Set(named.filter((path) => path !== undefined))],
    optional: reportKinds.map((kind) => `reports/${kind}.${platform}.json`),
  };
}

/** Name of the folder, and of the CI artifact, that holds a platform's files. */
export function platformFolder(platform: PlatformKey): string {
  return `bin-${platform}`;
}
