// Keys and values belong to the caller.

import { defineCheck } from '../../check.ts';
import { type ConfigKey, changeOf, configDifferences, configKeys, readConfig } from '../../config-keys.ts';
import { differences } from '../../plugin-copies.ts';

const check = defineCheck({
  id: 'config/copies-strings',
  title: 'mvas_set_config copies keys and values: what the caller writes over them later changes nothing',
  why: 'Hosts build the array on their stack: a kept pointer reads other people’s memory at the next inspection.',
  fix: 'Parse or copy each value before you return; never store params[i].value.',
  spec: 'abi.md#ownership',
  blind: 'Kept pointers that neither mvas_get_config nor an inspection follows.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_set_config', 'mvas_get_config'],
  run({ plugin, image, manifest }) {
    plugin.start();
    const picture = image();
    const values = configKeys(manifest, readConfig(plugin)).map((key): [string, string] => [key.key, wanted(plugin, key)]);
    if (plugin.setConfig(values) !== 0) return []; // config/round-trip finds that
    const result = plugin.inspect(picture);
    for (const some of [...values.map((one) => [one]), values]) {
      plugin.setConfig(some);
      const told = readConfig(plugin);
      const code = plugin.setThenOverwrite(some);
      const changed = code === 0 ? configDifferences(told, readConfig(plugin)) : [`mvas_set_config returns ${code}`];
      if (changed.length > 0) return changed.map((text) => ({ message: `after the caller’s texts were overwritten ${text}` }));
    }
    const different = differences(result, plugin.inspect(picture));
    return different.map((text) => ({ message: `after the caller’s texts were overwritten an inspection gives ${text}` }));
  },
});
export default check;

/** A value other than the present one where there is one. */
function wanted(plugin: Parameters<typeof changeOf>[0], key: ConfigKey): string {
  return changeOf(plugin, key) ?? String(readConfig(plugin)[key.key]);
}
