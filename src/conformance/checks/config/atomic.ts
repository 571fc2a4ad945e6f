// Settings change all together or not at all.

import { defineCheck } from '../../check.ts';
import type { PluginFor } from '../../check-context.ts';
import { type Config, type ConfigKey, changeOf, configDifferences, configKeys, readConfig } from '../../config-keys.ts';
import type { ConfigEntries } from '../../config-memory.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const unknown = 'no such key of any plugin';

const check = defineCheck({
  id: 'config/atomic',
  title: 'mvas_set_config refuses bad entries and then leaves every setting as it was; of a repeated key the last entry wins',
  why: 'A new threshold with the old ratio is a setting that nobody chose, and “nan” is a threshold that every part passes.',
  fix: 'Parse all entries into a copy first, check type and range of each, and assign the copy only when all are right.',
  spec: 'abi.md#mvas_set_config',
  blind: 'Without a manifest bounds are not known, so only values that no number is are tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_set_config'],
  uses: ['mvas_get_config'],
  run({ plugin, exports, image, manifest }) {
    plugin.start();
    const picture = image();
    const result = steadyResult(plugin, picture);
    const tells = exports('mvas_get_config');
    const keys = configKeys(manifest, tells ? readConfig(plugin) : {});
    const look = () => (tells ? readConfig(plugin) : {});
    const changes = tells ? keys.flatMap((key) => changeEntry(plugin, key)) : [];
    const findings = badSets(keys, changes).flatMap((one) => refused(plugin, look, one));
    findings.push(
      ...differences(result, plugin.inspect(picture)).map((text) => ({ message: `after refused entries an inspection gives ${text}` })),
    );
    return [...findings, ...nothing(plugin, look), ...(tells ? keys.flatMap((key) => repeated(plugin, key)) : [])];
  },
});
export default check;

type Adjustable = PluginFor<'mvas_set_config' | 'mvas_get_config'>;
type Entry = readonly [key: string, value: string];

function changeEntry(plugin: Adjustable, key: ConfigKey): Entry[] {
  const text = changeOf(plugin, key);
  return text === undefined ? [] : [[key.key, text]];
}

interface BadSet {
  readonly words: string;
  readonly entries: ConfigEntries;
  readonly count?: number;
  /** Ignoring it is a lesser fault. */
  readonly severity?: 'warning';
}

function badSets(keys: readonly ConfigKey[], changes: readonly Entry[]): BadSet[] {
  const [first = ['threshold', '0.5'] as const] = changes;
  const wrong = keys.flatMap(({ key, wrong: texts }) => texts.map((text): Entry => [key, text]));
  const show = ([key, value]: Entry) => `${key} = ${JSON.stringify(value)}`;
  const beside = (bad: Entry): BadSet[] =>
    changes.slice(0, 2).flatMap((good) => [
      { words: `${show(good)} and then ${show(bad)}`, entries: [good, bad] },
      { words: `${show(bad)} and then ${show(good)}`, entries: [bad, good] },
    ]);
  return [
    { words: 'n = −1', entries: [first], count: -1 },
    { words: 'n = 1 and no array', entries: null, count: 1 },
    { words: 'a NULL key', entries: [[null, first[1]]] },
    { words: 'a NULL value', entries: [[first[0], null]] },
    { words: 'an unknown key', entries: [[unknown, '1']], severity: 'warning' },
    ...wrong.map((bad) => ({ words: show(bad), entries: [bad] })),
    ...changes.map((good) => ({ words: `${show(good)} and then a NULL value`, entries: [good, [good[0], null]] as const })),
    ...[[unknown, '1'] as const, ...wrong.slice(0, 1)].flatMap(beside),
  ];
}

function refused(plugin: PluginFor<'mvas_set_config'>, look: () => Config, { words, entries, count, severity }: BadSet): Finding[] {
  const before = look();
  const code = plugin.setConfig(entries, count);
  const changed = configDifferences(before, look());
  if (changed.length > 0) {
    restore(plugin, before);
    return [{ message: `mvas_set_config with ${words} returns ${code} and changes settings: ${changed.join('; ')}` }];
  }
  // an empty set applies what a refused one has left half done
  plugin.setConfig([]);
  const late = configDifferences(before, look());
  if (late.length > 0) {
    restore(plugin, before);
    return [
      { message: `mvas_set_config with ${words} returns ${code}, and the next call, with n = 0, changes settings: ${late.join('; ')}` },
    ];
  }
  return code === 0 ? [{ message: `mvas_set_config with ${words} returns 0`, ...(severity === undefined ? {} : { severity }) }] : [];
}

/** Each set is looked at from the same start. */
function restore(plugin: PluginFor<'mvas_set_config'>, before: Config): void {
  plugin.setConfig(Object.fromEntries(Object.entries(before).map(([key, value]) => [key, String(value)])));
}

function nothing(plugin: PluginFor<'mvas_set_config'>, look: () => Config): Finding[] {
  const before = look();
  return [[], null].flatMap((entries): Finding[] => {
    const code = plugin.setConfig(entries, 0);
    const changed = configDifferences(before, look());
    const words = `mvas_set_config with n = 0 ${entries === null ? 'and no array ' : ''}`;
    return code === 0 && changed.length === 0
      ? []
      : [{ message: `${words}returns ${code}${changed.map((text) => `, and ${text}`).join('')}` }];
  });
}

function repeated(plugin: Adjustable, key: ConfigKey): Finding[] {
  const text = changeOf(plugin, key);
  if (text === undefined) return [];
  const before = readConfig(plugin);
  const own = String(before[key.key]);
  const code = plugin.setConfig([
    [key.key, text],
    [key.key, own],
  ]);
  const changed = configDifferences(before, readConfig(plugin));
  plugin.setConfig({ [key.key]: own });
  if (code === 0 && changed.length === 0) return [];
  const seen = code === 0 ? changed.join('; ') : `it returns ${code}`;
  return [{ message: `mvas_set_config with ${key.key} = ${JSON.stringify(text)} and again = ${JSON.stringify(own)}: ${seen}` }];
}
