// An app that is loaded for inspections in a process of its own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError, toErrorText } from '../core/kit-error.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Picture } from '../image/picture.ts';
import type { Config } from '../manifest/effective-config.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { type AppFolder, type AppModel, findAppFiles } from './app-files.ts';
import { appSettings, type SettingsOverride } from './app-settings.ts';
import type { ImageFile } from './find-images.ts';
import { PluginKeeper } from './plugin-keeper.ts';
import { startPlugin } from './start-plugin.ts';

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
  readonly manifest: NativeManifest;
  readonly settings: Config;
  readonly model: AppModel;
  /** Why models that the manifest prefers were passed over. */
  readonly passedOver: readonly string[];
  /** From opening the library to ready, in milliseconds. */
  readonly loadTimeMs: number;
  /** Pictures that are inspected in one call. */
  readonly batchSize: number;
}

/** A loaded app. */
export interface Session {
  readonly loaded: LoadedPlugin;
  /** Inspects pictures in order; a bad one does not stop the others. */
  inspect(images: readonly ImageFile[]): AsyncGenerator<Inspection, void, undefined>;
  /** Ends the plugin; gives the error of a plugin that fails in doing so. */
  close(): Promise<KitError | undefined>;
}

/**
 * Loads the app of a folder: settings, library of this platform, init with the first model that works, warm-up.
 *
 * @throws {@link KitError} naming what is missing or what the plugin said.
 */
export async function openSession(app: AppFolder, options: SessionOptions = {}): Promise<Session> {
  const settings = await appSettings(app.manifest, (path) => readText(join(app.root, path)), options.settings ?? {});
  const files = await findAppFiles(app);
  const { inProcess = false, timeoutMs, signal, env } = options;
  const start = () =>
    startPlugin(files, {
      config: JSON.stringify(settings),
      inProcess,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(signal !== undefined && { signal }),
      ...(env !== undefined && { env }),
    });
  const started = await start();
  const { host, model, passedOver, loadTimeMs } = started;
  const keeper = new PluginKeeper(started, start);
  const batchSize = options.batch && host.exports.has('mvas_infer_batch') ? (app.manifest.interface.input.max_batch_size ?? 1) : 1;
  return {
    loaded: { manifest: app.manifest, settings, model, passedOver, loadTimeMs, batchSize },
    inspect: (images) => inspectAll(keeper, images, batchSize, signal),
    close: () => keeper.close(),
  };
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read: ${toErrorText(cause)}`, {
      cause,
      hint: 'the manifest names it in configuration.default_config',
    });
  });
}

type Decoded = ImageFile & ({ readonly picture: Picture } | { readonly error: KitError });

async function* inspectAll(
  keeper: PluginKeeper,
  images: readonly ImageFile[],
  batchSize: number,
  signal?: AbortSignal,
): AsyncGenerator<Inspection, void, undefined> {
  const groups = Array.from({ length: Math.ceil(images.length / batchSize) }, (_, group) =>
    images.slice(group * batchSize, (group + 1) * batchSize),
  );
  let coming = decodeAll(groups[0] ?? []);
  for (const group of groups.keys()) {
    const decoded = await coming;
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    // the next pictures are decoded while the plugin works on these
    coming = decodeAll(groups[group + 1] ?? []);
    coming.catch(() => undefined);
    yield* inspectGroup(keeper, decoded);
  }
}

async function* inspectGroup(keeper: PluginKeeper, decoded: readonly Decoded[]): AsyncGenerator<Inspection, void, undefined> {
  const pictures = decoded.flatMap((image) => ('picture' in image ? [image.picture] : []));
  const outcomes = (await keeper.inspect(pictures)).values();
  for (const image of decoded) {
    if ('error' in image) {
      yield { ...image, status: 'failed' };
      continue;
    }
    const outcome = outcomes.next().value;
    if (outcome === undefined) throw new Error('the plugin gave fewer results than it got pictures');
    yield outcome instanceof KitError ? { ...image, status: 'failed', error: outcome } : { ...image, status: 'inspected', result: outcome };
  }
}

function decodeAll(images: readonly ImageFile[]): Promise<Decoded[]> {
  return Promise.all(
    images.map(async (image): Promise<Decoded> => {
      try {
        return { ...image, picture: await decodeImage(image.path) };
      } catch (error) {
        if (error instanceof KitError) return { ...image, error };
        throw error;
      }
    }),
  );
}
