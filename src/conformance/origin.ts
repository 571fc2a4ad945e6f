// Where a plugin comes from: the same for a check that reads and for one that calls.
import type { NativeManifest } from '../manifest/native-manifest.ts';

/** What is around the library. */
export interface Origin {
  /** The manifest of the project, the package or the one that was named; undefined for a bare library. */
  readonly manifest: NativeManifest | undefined;
  /** Folder of the project or of the unpacked package, else of the manifest or the library; the manifest's paths are relative to it. */
  readonly root: string;
  /** The .mvapp that is tested; undefined where it is none. */
  readonly package: string | undefined;
}
