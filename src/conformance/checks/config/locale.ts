// A half is 0.5 everywhere.

import { defineCheck } from '../../check.ts';
import type { PluginFor } from '../../check-context.ts';
import { type Config, type ConfigKey, changeOf, configDifferences, configKeys, parseConfig, readConfig } from '../../config-keys.ts';
import type { Finding } from '../../finding.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import { NotReached } from '../../plugin-session.ts';
import type { TestImage } from '../../test-image.ts';

const check = defineCheck({
  id: 'config/locale',
  title: 'Numbers are read and printed with a decimal point, also in a process whose locale has a comma',
  why: 'On a German PC atof reads "0.5" as 0, and every part fails; printf writes 0,5, and the host’s JSON reader gives up.',
  fix: 'Read with std::from_chars, strtod_l or an own reader and print with std::to_chars, or a stream with std::locale::classic(); never with atof, strtod, stod, printf("%f").',
  spec: 'abi.md#mvas_set_config',
  blind: 'Texts other than settings and details_json, and locales that change more than numbers.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config'],
  run({ plugin, exports, image, manifest, model, config, process }) {
    const picture = image();
    plugin.start();
    const tells = exports('mvas_get_config');
    const keys = tells && exports('mvas_set_config') ? configKeys(manifest, readConfig(plugin)) : [];
    const entries = keys.flatMap((key) => fraction(plugin, key));
    const given = withSettings(config, entries);
    const life = (place: string) => liveOnce({ plugin, place, tells, start: () => plugin.init(model, given), entries, picture });
    plugin.cleanup();
    const usual = life('under the locale C');
    const [unsteady] = compare(usual, life('once more'));
    if (unsteady !== undefined) throw new NotReached(`two lives differ: ${unsteady.message}`);
    return process.withCommaLocale(() => compare(usual, life('under a locale with a comma')));
  },
});
export default check;

type Entry = readonly [key: string, value: string];

/** A number with a fraction that the key takes. */
function fraction(plugin: PluginFor<'mvas_set_config' | 'mvas_get_config'>, key: ConfigKey): Entry[] {
  if (key.kind !== 'number' || key.declared?.type === 'int') return [];
  const own = String(readConfig(plugin)[key.key]);
  const text = [changeOf(plugin, key), own, ...key.right].find((one) => one?.includes('.') && plugin.setConfig({ [key.key]: one }) === 0);
  plugin.setConfig({ [key.key]: own });
  return text === undefined ? [] : [[key.key, text]];
}

function withSettings(config: string, entries: readonly Entry[]): string {
  const numbers = entries.map(([key, value]) => [key, Number(value)] as const);
  return JSON.stringify({ ...parseConfig(config), ...Object.fromEntries(numbers) });
}

interface Life {
  readonly place: string;
  readonly code: number;
  readonly error: string | null;
  readonly told: string | null;
  readonly set: readonly number[];
  readonly toldLater: string | null;
  readonly result: ResultCopy | undefined;
}

interface Lived {
  readonly plugin: PluginFor<'mvas_init' | 'mvas_infer' | 'mvas_cleanup' | 'mvas_get_error' | 'mvas_set_config' | 'mvas_get_config'>;
  readonly place: string;
  readonly tells: boolean;
  readonly start: () => number;
  readonly entries: readonly Entry[];
  readonly picture: TestImage;
}

function liveOnce({ plugin, place, tells, start, entries, picture }: Lived): Life {
  const code = start();
  const error = code === 0 ? null : plugin.getError();
  const tell = () => (tells && code === 0 ? plugin.getConfig() : '{}');
  const told = tell();
  const result = code === 0 ? plugin.inspect(picture) : undefined;
  const set = code === 0 ? entries.map((entry) => plugin.setConfig([entry])) : [];
  const toldLater = tell();
  plugin.cleanup();
  return { place, code, error, told, set, toldLater, result };
}

function compare(usual: Life, comma: Life): Finding[] {
  const { place } = comma;
  if (usual.code !== comma.code) return [{ message: `${place} mvas_init returns ${comma.code} instead of ${usual.code}: ${comma.error}` }];
  const told = [
    ...tellDifferences(`${place} after mvas_init`, usual.told, comma.told),
    ...tellDifferences(`${place} after mvas_set_config`, usual.toldLater, comma.toldLater),
  ];
  const refused = comma.set.flatMap((code, index) => (code === usual.set[index] ? [] : [`${place} mvas_set_config returns ${code}`]));
  const seen =
    usual.result && comma.result ? differences(usual.result, comma.result).map((text) => `${place} an inspection gives ${text}`) : [];
  return [...told, ...refused, ...seen].map((message) => ({ message }));
}

function tellDifferences(words: string, expected: string | null, actual: string | null): string[] {
  if (expected === actual) return [];
  const [before, after]: (Config | undefined)[] = [parseConfig(expected), parseConfig(actual)];
  if (after === undefined) return [`${words} mvas_get_config returns no JSON object: ${JSON.stringify(actual)}`];
  return configDifferences(before ?? {}, after).map((text) => `${words} ${text}`);
}
