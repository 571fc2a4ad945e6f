// A plugin that is ready to inspect pictures; when one takes its host down, the next gets a fresh one.
import { KitError } from '../core/kit-error.ts';
import { openPlugin } from '../harness/open-plugin.ts';
import type { InferenceResult, PluginHost, PluginInfo } from '../harness/plugin-host.ts';
import { type FrameFormat, isFrameFormat } from '../image/frame.ts';
import type { Picture } from '../image/picture.ts';
import { toFrame } from '../image/to-frame.ts';
import type { PluginSubject } from './plugin-subject.ts';
import { openScriptInspector } from './script-inspector.ts';

/** A loaded and initialised plugin. */
export interface Inspector {
  readonly info: PluginInfo;
  /** Brings the picture to the plugin's format and inspects it. */
  inspect(picture: Picture): Promise<InferenceResult>;
  close(): Promise<void>;
}

/**
 * Loads a plugin in a process of its own and initialises it.
 *
 * @throws {@link KitError} whatever {@link openPlugin} and init throw.
 */
export async function openInspector(subject: PluginSubject, signal?: AbortSignal): Promise<Inspector> {
  if (subject.script !== undefined) return await openScriptInspector(subject.script, signal);
  let { host, info } = await ready(subject, signal);
  const format = inputFormat(subject.library, info);
  return {
    info,
    async inspect(picture) {
      if (host.state !== 'ready') ({ host, info } = await ready(subject, signal));
      return await host.infer(toFrame(picture, format));
    },
    close: () => host.dispose(),
  };
}

/** The plugin's own pixel format. */
export function inputFormat(library: string, info: PluginInfo): FrameFormat {
  if (isFrameFormat(info.inputFormat)) return info.inputFormat;
  throw new KitError('PLUGIN_INVALID', `${library} says that its input format is ${JSON.stringify(info.inputFormat)}`, {
    hint: 'set input_format of its info to RGB, BGR, GRAY or RGBA',
  });
}

async function ready(subject: PluginSubject, signal?: AbortSignal): Promise<{ host: PluginHost; info: PluginInfo }> {
  const host = await openPlugin(subject.library, { dependencies: subject.dependencies, ...(signal ? { signal } : {}) });
  try {
    const info = await host.info();
    await host.init(subject.model, subject.config);
    return { host, info };
  } catch (error) {
    await host.dispose().catch(() => undefined);
    throw error;
  }
}
