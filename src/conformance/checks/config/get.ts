// The plugin tells its settings.

import { defineCheck } from '../../check.ts';
import type { LentText } from '../../check-context.ts';
import { configDifferences, configKeys, parseConfig } from '../../config-keys.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'config/get',
  title: 'mvas_get_config returns NULL or a JSON object with every declared key, which stays as it is until the next call',
  why: 'The settings page of a host is made of it; a number with a comma or a text that changes while it is read leaves the page empty.',
  fix: 'Print into a buffer of the plugin’s own, never on the stack, with the manifest’s keys as they are written there; numbers with a decimal point.',
  spec: 'abi.md#mvas_get_config',
  blind: 'Whether the told value is what an inspection uses.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error', 'mvas_get_config'],
  run({ plugin, image, manifest }) {
    const findings = [...badText('before mvas_init', plugin.lendConfig())];
    plugin.start();
    const lent = plugin.lendConfig();
    findings.push(...badText('after mvas_init', lent));
    const told = parseConfig(lent.read());
    const declared = manifest?.configuration.user_configurable ?? [];
    if (lent.address === 0n && declared.length > 0)
      findings.push({ message: `after mvas_init mvas_get_config returns NULL, but the manifest declares ${declared.length} keys` });
    if (told !== undefined) {
      findings.push(...configKeys(manifest, {}).flatMap(({ key, kind }) => missing(told, key, kind)));
      plugin.inspect(image());
      const again = parseConfig(plugin.getConfig());
      if (again !== undefined)
        findings.push(...configDifferences(told, again).map((text) => ({ message: `without mvas_set_config ${text} at the next look` })));
    }
    plugin.cleanup();
    return [...findings, ...badText('after mvas_cleanup', plugin.lendConfig())];
  },
});
export default check;

function badText(when: string, lent: LentText): Finding[] {
  if (lent.address === 0n) return [];
  if (lent.isOnStack) return [{ message: `${when} mvas_get_config returns a pointer to its own stack` }];
  const [text, later] = [lent.read() ?? '', lent.readLater() ?? ''];
  if (text !== later)
    return [{ message: `${when} the text of mvas_get_config changes without a call: ${shorten(later)} after ${shorten(text)}` }];
  if (text.includes('\uFFFD')) return [{ message: `${when} the text of mvas_get_config is not UTF-8` }];
  return parseConfig(text) === undefined ? [{ message: `${when} mvas_get_config returns no JSON object: ${shorten(text)}` }] : [];
}

const kinds = { number: 'number', bool: 'boolean', text: 'string' } as const;

function missing(told: Readonly<Record<string, unknown>>, key: string, kind: keyof typeof kinds): Finding[] {
  if (!Object.hasOwn(told, key)) return [{ message: `mvas_get_config does not tell ${key}, which the manifest declares`, data: { key } }];
  const type = typeof told[key];
  return type === kinds[kind]
    ? []
    : [{ message: `mvas_get_config tells ${key} as a ${type}, the manifest declares a ${kinds[kind]}`, data: { key } }];
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
}
