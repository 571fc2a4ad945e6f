// The settings a plugin is started with: the manifest's, then a file's, then single ones from the call.
import { closest } from '../core/closest.ts';
import { KitError } from '../core/kit-error.ts';
import { type Config, effectiveConfig, parseConfig, type ReadText } from '../manifest/effective-config.ts';
import type { NativeManifest, UserSetting } from '../manifest/native-manifest.ts';

/** Settings that a call adds to the manifest's. */
export interface SettingsOverride {
  /** Text of a JSON file and its name. */
  readonly file?: { readonly text: string; readonly name: string };
  /** Single settings as they were written, which win over the file. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Works out the settings; a key that the app does not know is refused, since a plugin ignores it in silence.
 *
 * @throws {@link KitError} `CONFIG_INVALID` naming the key, the rule and, for a misspelt key, the one that was meant.
 */
export async function appSettings(
  manifest: Pick<NativeManifest, 'configuration'>,
  readText: ReadText,
  { file, values = {} }: SettingsOverride,
): Promise<Config> {
  const base = await effectiveConfig(manifest, readText);
  const declared = new Map(manifest.configuration.user_configurable.map((setting) => [setting.key, setting]));
  const fromFile = file === undefined ? {} : parseConfig(file.text, file.name);
  const single = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, typedValue(text, declared.get(key))]));
  const known = [...new Set([...declared.keys(), ...Object.keys(base)])];
  for (const key of Object.keys({ ...fromFile, ...single })) if (known.length > 0 && !known.includes(key)) throw unknownSetting(key, known);
  return await effectiveConfig(manifest, readText, { ...fromFile, ...single });
}

function unknownSetting(key: string, known: readonly string[]): KitError {
  const meant = closest(key, known);
  return new KitError('CONFIG_INVALID', `the app has no setting ${key}`, {
    hint: meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${meant}?`,
  });
}

/** Text stays text where the manifest wants text; else what reads as JSON is JSON. */
function typedValue(text: string, setting: UserSetting | undefined): unknown {
  if (setting?.type === 'string' || setting?.type === 'enum') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
