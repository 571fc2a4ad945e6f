// Judges the settings that a manifest brings along: values against what it declares, and file against default.
import { toErrorText } from '../core/kit-error.ts';
import type { ManifestProblem } from './check-manifest.ts';
import { parseConfig, type ReadText } from './effective-config.ts';
import type { NativeManifest } from './native-manifest.ts';
import { settingError } from './setting-error.ts';

const pointer = '/configuration/default_config';

/** Every wrong value, and every setting whose file and declared default differ: users see the one and get the other. */
export async function configProblems(manifest: NativeManifest, readText: ReadText): Promise<ManifestProblem[]> {
  const { default_config: written, user_configurable: settings } = manifest.configuration;
  if (written === undefined) return [];
  try {
    const config = typeof written === 'string' ? parseConfig(await readText(written), written) : written;
    return settings.flatMap((setting): ManifestProblem[] => {
      const value = config[setting.key];
      if (value === undefined || value === setting.default) return [];
      const error = settingError(setting, value);
      if (error !== undefined) return [{ severity: 'error', pointer, rule: `sets ${setting.key}, which ${error}`, value }];
      return [
        {
          severity: 'warning',
          pointer,
          rule: `sets ${setting.key} to another value than its default ${JSON.stringify(setting.default)}`,
          value,
        },
      ];
    });
  } catch (error) {
    return [{ severity: 'error', pointer, rule: `cannot be read: ${toErrorText(error)}`, value: written }];
  }
}
