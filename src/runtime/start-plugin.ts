// Starts a plugin: host, init with the first model that it takes, warm-up.
import { KitError } from '../core/kit-error.ts';
import { openPlugin } from '../harness/open-plugin.ts';
import { openPluginInProcess } from '../harness/open-plugin-in-process.ts';
import { PluginFailure } from '../harness/plugin-errors.ts';
import type { PluginHost } from '../harness/plugin-host.ts';
import { type FrameFormat, isFrameFormat } from '../image/frame.ts';
import { type AppFiles, type AppModel, isFile } from './app-files.ts';

/** How to start a plugin. */
export interface StartOptions {
  /** JSON text. */
  readonly config: string;
  /** Loads the plugin into this process: for debuggers. */
  readonly inProcess: boolean;
  /** Longest time of one inspection. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A plugin that is ready. */
export interface StartedPlugin {
  readonly host: PluginHost;
  readonly format: FrameFormat;
  readonly model: AppModel;
  /** Why models that come before it were passed over. */
  readonly passedOver: readonly string[];
  /** From opening the library to ready, in milliseconds. */
  readonly loadTimeMs: number;
}

/** Few are enough to have caches and threads there; the default of the interface is for a line that runs for hours. */
const warmupIterations = 2;

/** −1 cannot be loaded, −2 is missing: only then another model may help. */
const modelCodes: readonly number[] = [-1, -2];

/**
 * Opens the plugin, initialises and warms it up.
 *
 * @throws {@link KitError} What opening and init throw; of several models that fail, the last one's, naming the others.
 */
export async function startPlugin(files: AppFiles, options: StartOptions): Promise<StartedPlugin> {
  const start = performance.now();
  const host = await openHost(files, options);
  try {
    const { inputFormat } = await host.info();
    if (!isFrameFormat(inputFormat))
      throw new KitError(
        'PLUGIN_FAILED',
        `mvas_get_info names the input format ${JSON.stringify(inputFormat)}, which is none of RGB, BGR, GRAY, RGBA`,
      );
    const { model, passedOver } = await initialise(host, files.models, options.config);
    await host.warmup(warmupIterations);
    return { host, format: inputFormat, model, passedOver, loadTimeMs: performance.now() - start };
  } catch (error) {
    await host.dispose().catch(() => undefined);
    throw error;
  }
}

function openHost({ library, dependencies }: AppFiles, { inProcess, timeoutMs, signal, env }: StartOptions): Promise<PluginHost> {
  if (inProcess) return openPluginInProcess(library, { dependencies });
  return openPlugin(library, {
    dependencies,
    ...(timeoutMs !== undefined && { deadlines: { infer: timeoutMs } }),
    ...(signal !== undefined && { signal }),
    ...(env !== undefined && { env }),
  });
}

async function initialise(
  host: PluginHost,
  models: readonly AppModel[],
  config: string,
): Promise<Pick<StartedPlugin, 'model' | 'passedOver'>> {
  const passedOver: string[] = [];
  for (const [index, model] of models.entries()) {
    const last = index === models.length - 1;
    if (!last && !(await isFile(model.path))) {
      passedOver.push(`${model.name} is missing`);
      continue;
    }
    try {
      // a plugin may need no model at all: whether a missing one matters is for it to say
      await host.init(model.path, config);
      return { model, passedOver };
    } catch (error) {
      if (last || !(error instanceof PluginFailure) || !modelCodes.includes(error.returned)) throw withOthers(error, passedOver);
      passedOver.push(`${model.name}: ${error.message}`);
    }
  }
  throw new KitError('MANIFEST_INVALID', 'the manifest names no model');
}

function withOthers(error: unknown, passedOver: readonly string[]): unknown {
  if (!(error instanceof KitError) || passedOver.length === 0) return error;
  return new KitError(error.code, `${error.message} (before that: ${passedOver.join('; ')})`, {
    cause: error,
    ...(error.hint !== undefined && { hint: error.hint }),
  });
}
