// Starts a script app: settings over its rules, its model in a process of its own.
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { openScript } from '../script/open-script.ts';
import { readScript, readWrittenRules, type ScriptFolder, withRuleDefaults } from '../script/read-script.ts';
import { readText } from './app-files.ts';
import { appSettings } from './app-settings.ts';
import type { Keeper, LoadedPlugin, SessionOptions } from './session.ts';

/**
 * Loads a script; it is tried on the pictures that it is for, so there is no warm-up.
 *
 * @throws {@link KitError} naming what is missing, wrong or not run yet.
 */
export async function startScript(folder: ScriptFolder, options: SessionOptions): Promise<{ keeper: Keeper; loaded: LoadedPlugin }> {
  const { manifest, root } = folder;
  if (options.inProcess)
    throw new KitError('FLAG_INVALID', `${manifest.app.id} is a script: it has no library to load into this process`, {
      hint: 'leave --in-process out',
    });
  const described = withRuleDefaults(manifest, await readWrittenRules(folder));
  const settings = await appSettings(described, (path) => readText(join(root, path)), options.settings ?? {});
  const { signal, timeoutMs } = options;
  const script = await openScript(await readScript(folder, settings), {
    ...(signal !== undefined && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const keeper: Keeper = {
    inspect: (pictures) => Promise.all(pictures.map((picture) => script.inspect(picture).catch(asOutcome))),
    async close() {
      await script[Symbol.asyncDispose]();
      return undefined;
    },
  };
  const model = { path: script.plan.model, name: manifest.models[0]?.path ?? '', role: 'model' } as const;
  return { keeper, loaded: { manifest, settings, model, passedOver: [], loadTimeMs: script.loadTimeMs, batchSize: 1 } };
}

/** One picture's error is no other's. */
function asOutcome(error: unknown): KitError {
  if (error instanceof KitError && error.code !== 'INTERRUPTED') return error;
  throw error;
}
