// The manifest's defaults are the plugin's.

import { defineCheck } from '../../check.ts';
import { configKeys, isSet, readConfig } from '../../config-keys.ts';
import { type Finding, skip } from '../../finding.ts';

const check = defineCheck({
  id: 'config/defaults',
  title: 'After mvas_init without settings mvas_get_config tells the defaults that the manifest declares',
  why: 'A host shows the manifest’s defaults before it loads the plugin: the operator sees one threshold, the line runs another.',
  fix: 'Make both the same; the plugin’s own default is what counts when a host passes no configuration.',
  spec: 'abi.md#mvas_get_config',
  blind: 'Plugins without a manifest or without mvas_get_config.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_get_error', 'mvas_get_config'],
  run({ plugin, manifest, model }) {
    const keys = configKeys(manifest, {});
    if (keys.length === 0) return skip('no-manifest', 'no manifest declares settings');
    const code = plugin.init(model, '{}');
    if (code !== 0) return skip('not-reached', `mvas_init with {} returned ${code}: ${plugin.getError()}`);
    const told = readConfig(plugin);
    return keys.flatMap(({ key, declared }): Finding[] => {
      const expected = String(declared?.default);
      if (!Object.hasOwn(told, key) || isSet(told[key], expected)) return [];
      return [
        {
          message: `${key} is ${JSON.stringify(told[key])}, the manifest’s default is ${JSON.stringify(declared?.default)}`,
          data: { key },
        },
      ];
    });
  },
});
export default check;
