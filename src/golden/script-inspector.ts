// A script that is ready to inspect pictures, in the place of a plugin.
import type { PluginInfo } from '../harness/plugin-host.ts';
import type { Picture } from '../image/picture.ts';
import { openScript } from '../script/open-script.ts';
import type { ScriptSubject } from './plugin-subject.ts';

/** Opens a script; its info is what the manifest says. */
export async function openScriptInspector({ manifest, plan }: ScriptSubject, signal?: AbortSignal) {
  const script = await openScript(plan, signal && { signal });
  return {
    info: scriptInfo(manifest),
    inspect: (picture: Picture) => script.inspect(picture),
    close: () => Promise.resolve(script[Symbol.asyncDispose]()),
  };
}

/** Who a script is, as a plugin would say it. */
export function scriptInfo({ app, models }: ScriptSubject['manifest']): PluginInfo {
  const { name, version, author, description = '' } = app;
  const modelType = models[0]?.type ?? '';
  return { name, version, author: author?.name ?? '', description, modelType, inputWidth: 0, inputHeight: 0, inputFormat: 'RGB' };
}
