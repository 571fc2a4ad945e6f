// A new life begins with the settings that mvas_init gets.

import { defineCheck } from '../../check.ts';
import { changeOf, configDifferences, configKeys, readConfig } from '../../config-keys.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const check = defineCheck({
  id: 'config/reset',
  title: 'mvas_cleanup and mvas_init bring back the settings that mvas_init was given, whatever was set before',
  why: 'A change of product is a cleanup and an init: a threshold that stays from the product before judges the next one.',
  fix: 'Begin mvas_init with the defaults, then take the configuration; keep no setting in a static that init does not write.',
  spec: 'abi.md#mvas_set_config',
  blind: 'Settings that have no effect on the nominal image and that mvas_get_config does not tell.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error', 'mvas_set_config', 'mvas_get_config'],
  run({ plugin, image, manifest }) {
    plugin.start();
    const picture = image();
    const [told, result] = [readConfig(plugin), steadyResult(plugin, picture)];
    for (const key of configKeys(manifest, told)) {
      const text = changeOf(plugin, key);
      if (text !== undefined) plugin.setConfig({ [key.key]: text });
    }
    plugin.cleanup();
    plugin.start();
    const left = [...configDifferences(told, readConfig(plugin)), ...differences(result, plugin.inspect(picture))];
    return left.map((text) => ({ message: `after mvas_set_config, mvas_cleanup and mvas_init ${text}` }));
  },
});
export default check;
