// Works out the settings that a plugin's init gets.
import { jsonFault } from '../core/json-fault.ts';
import { KitError } from '../core/kit-error.ts';
import type { NativeManifest } from './native-manifest.ts';
import { settingError } from './setting-error.ts';

/** Settings by key, as handed to the plugin in JSON. */
export type Config = Readonly<Record<string, unknown>>;

/** Reads a text file by its path relative to the manifest. */
export type ReadText = (path: string) => Promise<string>;

/**
 * Defaults of the declared settings, then `default_config`, then `overrides`; later wins key by key.
 *
 * @throws {@link KitError} `CONFIG_INVALID` when the file is no JSON object or a value breaks what the manifest declares.
 */
export async function effectiveConfig(
  manifest: Pick<NativeManifest, 'configuration'>,
  readText: ReadText,
  overrides: Config = {},
): Promise<Config> {
  const { default_config: written, user_configurable: settings } = manifest.configuration;
  const declared = Object.fromEntries(settings.map(({ key, default: value }) => [key, value]));
  const file = typeof written === 'string' ? parseConfig(await readText(written), written) : written;
  const config = { ...declared, ...file, ...overrides };
  const errors = settings.flatMap((setting) => {
    const rule = settingError(setting, config[setting.key]);
    return rule === undefined ? [] : [`${setting.key} ${rule}, not ${JSON.stringify(config[setting.key])}`];
  });
  if (errors.length === 0) return config;
  throw new KitError('CONFIG_INVALID', errors.join('; '), {
    hint: 'the manifest declares these settings in configuration.user_configurable',
  });
}

/**
 * Reads settings from JSON text.
 *
 * @throws {@link KitError} `CONFIG_INVALID` naming the source when the text is no JSON object.
 */
export function parseConfig(text: string, source: string): Config {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new KitError('CONFIG_INVALID', `${source} ${jsonFault(json, cause)}`, {
      cause,
      hint: 'mend the JSON at that place',
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Config;
  throw new KitError('CONFIG_INVALID', `${source} must hold a JSON object of settings`, { hint: 'write {"threshold": 0.5}' });
}
