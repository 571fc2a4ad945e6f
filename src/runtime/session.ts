// What a loaded app is, whichever kind it is of.
import type { KitError } from '../core/kit-error.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import type { Picture } from '../image/picture.ts';
import type { Config } from '../manifest/effective-config.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import type { AppModel } from './app-files.ts';
import type { SettingsOverride } from './app-settings.ts';
import type { ImageFile } from './find-images.ts';

/** How to load an app. */
export interface SessionOptions {
  readonly settings?: SettingsOverride;
  /** Hands pictures to the plugin several at a time, as many as the manifest allows. */
  readonly batch?: boolean;
  readonly inProcess?: boolean;
  /** Longest time of one inspection, in milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Environment of the plugin's process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A picture with what became of it. */
export type Inspection = ImageFile &
  (
    | { readonly status: 'inspected'; readonly picture: Picture; readonly result: InferenceResult }
    | { readonly status: 'failed'; readonly picture?: Picture; readonly error: KitError }
  );

/** What was loaded. */
export interface LoadedPlugin {
  readonly manifest: Manifest;
  readonly settings: Config;
  readonly model: AppModel;
  /** Why models that the manifest prefers were passed over. */
  readonly passedOver: readonly string[];
  /** From opening the library to ready, in milliseconds. */
  readonly loadTimeMs: number;
  /** Pictures that are inspected in one call. */
  readonly batchSize: number;
}

/** What pictures are handed to: a plugin, or a script. */
export interface Keeper {
  /** A result or an error for each picture. */
  inspect(pictures: readonly Picture[]): Promise<(InferenceResult | KitError)[]>;
  /** Ends it; gives the error of what fails in doing so. */
  close(): Promise<KitError | undefined>;
}

/** A loaded app. */
export interface Session {
  readonly loaded: LoadedPlugin;
  /** Inspects pictures in order; a bad one does not stop the others. */
  inspect(images: readonly ImageFile[]): AsyncGenerator<Inspection, void, undefined>;
  /** Ends the plugin; gives the error of a plugin that fails in doing so. */
  close(): Promise<KitError | undefined>;
}
