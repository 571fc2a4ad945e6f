// An app that is loaded for inspections in a process of its own.
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Picture } from '../image/picture.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { type AppFolder, findAppFiles, readText } from './app-files.ts';
import { appSettings } from './app-settings.ts';
import type { ImageFile } from './find-images.ts';
import { PluginKeeper } from './plugin-keeper.ts';
import type { Inspection, Keeper, Session, SessionOptions } from './session.ts';
import { startPlugin } from './start-plugin.ts';
import { startScript } from './start-script.ts';

/**
 * Loads the app of a folder: a script with its model, or a plugin: settings, library of this platform, init with the first model that works, warm-up.
 *
 * @throws {@link KitError} naming what is missing or what the plugin said.
 */
export async function openSession({ root, manifest }: AppFolder<Manifest>, options: SessionOptions = {}): Promise<Session> {
  if (manifest.package_type === 'native') return await openPluginSession({ root, manifest }, options);
  const { keeper, loaded } = await startScript({ root, manifest }, options);
  return { loaded, inspect: (images) => inspectAll(keeper, images, 1, options), close: () => keeper.close() };
}

async function openPluginSession(app: AppFolder<NativeManifest>, options: SessionOptions): Promise<Session> {
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
    inspect: (images) => inspectAll(keeper, images, batchSize, options),
    close: () => keeper.close(),
  };
}

type Decoded = ImageFile & ({ readonly picture: Picture } | { readonly error: KitError });

async function* inspectAll(
  keeper: Keeper,
  images: readonly ImageFile[],
  batchSize: number,
  { signal, timeoutMs }: SessionOptions,
): AsyncGenerator<Inspection, void, undefined> {
  const groups = Array.from({ length: Math.ceil(images.length / batchSize) }, (_, group) =>
    images.slice(group * batchSize, (group + 1) * batchSize),
  );
  let coming = decodeAll(groups[0] ?? [], timeoutMs);
  for (const group of groups.keys()) {
    const decoded = await coming;
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    // the next pictures are decoded while the plugin works on these
    coming = decodeAll(groups[group + 1] ?? [], timeoutMs);
    coming.catch(() => undefined);
    yield* inspectGroup(keeper, decoded);
  }
}

async function* inspectGroup(keeper: Keeper, decoded: readonly Decoded[]): AsyncGenerator<Inspection, void, undefined> {
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

function decodeAll(images: readonly ImageFile[], limitMs: number | undefined): Promise<Decoded[]> {
  return Promise.all(
    images.map(async (image): Promise<Decoded> => {
      try {
        return { ...image, picture: await decodeImage(image.path, limitMs) };
      } catch (error) {
        if (error instanceof KitError) return { ...image, error };
        throw error;
      }
    }),
  );
}
