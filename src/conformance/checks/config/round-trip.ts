// What was set is what is told.

import { defineCheck } from '../../check.ts';
import type { PluginFor } from '../../check-context.ts';
import { type ConfigKey, changeOf, configDifferences, configKeys, isSet, readConfig } from '../../config-keys.ts';
import type { ConfigEntry } from '../../config-memory.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'config/round-trip',
  title: 'mvas_get_config tells what mvas_set_config has set, and the told value can be set again',
  why: 'Hosts save recipes by reading and restore them by writing: what does not come back is lost at the next change of product.',
  fix: 'Store the parsed value, print it with enough digits, and take every text that you print; least and greatest value are allowed values.',
  spec: 'abi.md#mvas_set_config',
  blind: 'Without a manifest only the present values and a few near them are tried, since bounds are not known.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_get_error', 'mvas_set_config', 'mvas_get_config'],
  run({ plugin, manifest }) {
    plugin.start();
    const keys = configKeys(manifest, readConfig(plugin)).filter(({ key }) => Object.hasOwn(readConfig(plugin), key)); // config/get finds those
    // away from the defaults, so that a key which falls back to its own shows
    const changes = keys.flatMap((key): ConfigEntry[] => {
      const text = changeOf(plugin, key);
      return text === undefined ? [] : [[key.key, text]];
    });
    for (const change of changes) plugin.setConfig([change]);
    return keys.flatMap((key) => {
      const start = readConfig(plugin)[key.key];
      const findings = [...key.right, ...key.open].flatMap((text) => setAndTell(plugin, key, text));
      plugin.setConfig({ [key.key]: String(start) });
      return findings.slice(0, 3);
    });
  },
});
export default check;

type Adjustable = PluginFor<'mvas_set_config' | 'mvas_get_config' | 'mvas_get_error'>;

function setAndTell(plugin: Adjustable, { key, right, declared }: ConfigKey, text: string): Finding[] {
  const before = readConfig(plugin);
  const words = `${key} = ${JSON.stringify(text)}`;
  const code = plugin.setConfig({ [key]: text });
  if (code !== 0) {
    // a plugin may tell what cannot be set
    if (!right.includes(text) || (declared === undefined && code === -7)) return [];
    return [{ message: `mvas_set_config with ${words} returns ${code}: ${plugin.getError()}`, data: { key, text, code } }];
  }
  const after = readConfig(plugin);
  if (!isSet(after[key], text))
    return [{ message: `after ${words} mvas_get_config tells ${JSON.stringify(after[key])}`, data: { key, text } }];
  const others = configDifferences(before, { ...after, [key]: before[key] });
  if (others.length > 0) return [{ message: `${words} changes another key: ${others.join('; ')}`, data: { key, text } }];
  return tellAgain(plugin, key, String(after[key]), after);
}

function tellAgain(plugin: Adjustable, key: string, printed: string, told: Readonly<Record<string, unknown>>): Finding[] {
  const code = plugin.setConfig({ [key]: printed });
  if (code !== 0)
    return [{ message: `mvas_set_config returns ${code} for ${key} = ${JSON.stringify(printed)}, which mvas_get_config has told` }];
  const [difference] = configDifferences(told, readConfig(plugin));
  return difference === undefined ? [] : [{ message: `setting what was told changes it: ${difference}`, data: { key } }];
}
