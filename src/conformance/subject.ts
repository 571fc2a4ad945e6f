// What is put to the test: a library with its model and configuration.
import type { PlatformKey } from '../core/platform.ts';
import type { PluginSubject } from '../golden/plugin-subject.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { Release } from './release.ts';

/** A library on disk that a manifest names for a platform. */
export interface DeclaredPath {
  readonly platform: PlatformKey;
  /** As the manifest spells it. */
  readonly path: string;
  readonly absolute: string;
  /** Whether it must be there: in a package, not in a project that was built on one machine only. */
  readonly isRequired: boolean;
}

/** A plugin as `conform` takes it; paths are absolute. */
export interface Subject {
  readonly library: string;
  /** Null where the plugin is to start without one. */
  readonly model: string | null;
  /** The configuration as JSON, and where it comes from. */
  readonly config: { readonly json: string; readonly path?: string };
  /** The platform the library is meant for. */
  readonly platform: PlatformKey;
  /** Libraries of a manifest; empty without one. */
  readonly declared: readonly DeclaredPath[];
  /** That of the project or package, or the one that was named. */
  readonly manifest?: NativeManifest;
  /** The same plugin with its project's pictures, references and limits; undefined without a project. */
  readonly references?: PluginSubject;
  /** The .mvapp, where it is one. */
  readonly package?: string;
  /** @internal An earlier release to compare with. */
  readonly previous?: Release;
  /** Paths in the report are relative to this folder, and so are the manifest's. */
  readonly root: string;
  /** What follows `mvas conform` to test the same again. */
  readonly arguments: readonly string[];
}
