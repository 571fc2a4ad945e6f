// Keeps a plugin running: after it died, the next inspection starts it anew, until it has died too often.
import { KitError } from '../core/kit-error.ts';
import { PluginDeath, PluginFailure } from '../harness/plugin-errors.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import type { Picture } from '../image/picture.ts';
import { toFrame } from '../image/to-frame.ts';
import type { StartedPlugin } from './start-plugin.ts';

/** A plugin that dies this often in a row dies of more than one picture. */
const mostDeaths = 3;

/** Inspects pictures by a plugin that may die. */
export class PluginKeeper {
  readonly #start: () => Promise<StartedPlugin>;
  #running: StartedPlugin | undefined;
  #deaths = 0;

  constructor(running: StartedPlugin, start: () => Promise<StartedPlugin>) {
    this.#running = running;
    this.#start = start;
  }

  /**
   * Inspects pictures, one after the other or in one call of mvas_infer_batch; each has a result or the error it failed with.
   *
   * @throws {@link KitError} `INTERRUPTED`, or anything that is no fault of plugin or picture.
   */
  async inspect(pictures: readonly Picture[]): Promise<(InferenceResult | KitError)[]> {
    if (pictures.length > 1) {
      const together = await this.#attempt(({ host, format }) => host.inferBatch(pictures.map((picture) => toFrame(picture, format))));
      if (!(together instanceof KitError)) return together;
      // one picture spoils the whole batch: alone, each shows whether it was the one
      if (together instanceof PluginDeath) this.#deaths -= 1;
    }
    const outcomes: (InferenceResult | KitError)[] = [];
    for (const picture of pictures) outcomes.push(await this.#attempt(({ host, format }) => host.infer(toFrame(picture, format))));
    return outcomes;
  }

  async #attempt<T>(work: (plugin: StartedPlugin) => Promise<T>): Promise<T | KitError> {
    if (this.#deaths >= mostDeaths)
      return new KitError('INFER_FAILED', `not inspected: the plugin died ${mostDeaths} times in a row`, {
        hint: 'mend the plugin; `mvas conform` shows where it breaks',
      });
    try {
      this.#running ??= await this.#start();
      const value = await work(this.#running);
      this.#deaths = 0;
      return value;
    } catch (error) {
      if (error instanceof PluginDeath) {
        await this.close();
        this.#deaths += 1;
      } else if (!(error instanceof PluginFailure)) throw error;
      return error;
    }
  }

  /** Ends the plugin's process. A plugin that crashes only on the way out has told its results before. */
  async close(): Promise<KitError | undefined> {
    const running = this.#running;
    this.#running = undefined;
    try {
      await running?.host.dispose();
    } catch (error) {
      if (error instanceof KitError) return error;
      throw error;
    }
    return undefined;
  }
}
