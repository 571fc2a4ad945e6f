// Settings of every kind between inspections.

import { defineCheck } from '../../check.ts';
import type { PluginFor } from '../../check-context.ts';
import { type Config, type ConfigKey, configKeys, parseConfig } from '../../config-keys.ts';
import type { ConfigEntry } from '../../config-memory.ts';
import type { Finding } from '../../finding.ts';
import { turns } from '../../images/turns.ts';
import type { Random } from '../../random.ts';

const rounds = 60;
const inspections = 6;
/** Often enough for every odd key and value to come first once. */
const oddEvery = 3;

const check = defineCheck({
  id: 'config/fuzz',
  title: 'Whatever mvas_set_config is given, it returns, the settings stay a JSON object and inspections stay valid',
  why: 'Recipes are typed by people and sent by scripts; a value that is taken and breaks the next inspection stops the line later, far from its cause.',
  fix: 'Limit the length of texts, never use a value as a format string, and check every range where the value is set, not where it is used.',
  spec: 'abi.md#mvas_set_config',
  blind: 'Entries that the seed does not draw.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_set_config'],
  uses: ['mvas_get_config'],
  run({ plugin, exports, image, manifest, random }) {
    plugin.start();
    const picture = image();
    plugin.inspect(picture);
    // config/get looks at a text that is wrong from the start
    const tells = exports('mvas_get_config') && !plugin.lendConfig().isOnStack && parseConfig(plugin.getConfig()) !== undefined;
    const tell = () => (tells ? plugin.getConfig() : '{}');
    const start: Config = parseConfig(tell()) ?? {};
    const keys = configKeys(manifest, start);
    const edges = keys.map(({ key, right, open }) => [key, turns([...right, ...open], random)] as const);
    const [oddKey, oddValue] = [turns(oddKeys, random), turns(oddValues, random)];
    for (let round = 1; round <= rounds; round++) {
      const drawn = Array.from({ length: 1 + random.below(6) }, () => drawEntry(keys, random));
      const entries = round % oddEvery === 0 ? [[oddKey(), oddValue()] as const, ...drawn] : drawn;
      plugin.setConfig(entries);
      const seen = tell();
      if (seen !== null && parseConfig(seen) === undefined)
        return [{ message: `after ${show(entries)} mvas_get_config returns ${quote(seen)}` }];
      if (round % (rounds / inspections) !== 0) continue;
      // bounds take turns before inspections: one that is taken and breaks them would be drawn rarely
      const last = edges.map(([key, next]): ConfigEntry => [key, next()]);
      for (const one of last) plugin.setConfig([one]);
      const findings = inspected(plugin.infer(picture), plugin, [...entries, ...last]);
      if (findings.length > 0) return findings;
    }
    return [];
  },
});
export default check;

function inspected(
  { code, result }: ReturnType<PluginFor<'mvas_infer'>['infer']>,
  plugin: PluginFor<'mvas_get_error'>,
  entries: readonly ConfigEntry[],
): Finding[] {
  const words = `after settings as ${show(entries)} were given`;
  if (result === undefined) return [{ message: `${words} mvas_infer returns ${code}: ${plugin.getError()}` }];
  const scores = { confidence: result.confidence, anomaly_score: result.anomalyScore };
  const bad = Object.entries(scores).filter(([, value]) => !(value >= 0 && value <= 1));
  const decision = ['pass', 'fail', 'review'].includes(result.decision ?? '') ? [] : [`decision is ${quote(result.decision ?? 'NULL')}`];
  return [...bad.map(([field, value]) => `${field} is ${value}`), ...decision].map((text) => ({ message: `${words} ${text}` }));
}

const oddKeys = ['', ' ', 'a.b.c', '%s%n', '"', '\\', 'größe', '__proto__', 'k'.repeat(5000)];
const oddValues = [
  '',
  ' ',
  '-0',
  '1e-400',
  '1e400',
  'NaN',
  '-inf',
  '0x10',
  '1,5',
  'true',
  '%s%n%x',
  '"}',
  '\\u0000',
  '漢字',
  '9'.repeat(400),
  'v'.repeat(70_000),
];

function drawEntry(keys: readonly ConfigKey[], random: Random): ConfigEntry {
  const pick = <T>(list: readonly T[], otherwise: T): T => list[random.below(list.length)] ?? otherwise;
  const key = random.below(5) === 0 ? undefined : pick(keys, undefined as never);
  if (key === undefined) return [pick(oddKeys, ''), pick(oddValues, '')];
  const texts = [key.right, key.open, key.wrong, oddValues][random.below(4)] ?? [];
  return [key.key, random.below(20) === 0 ? null : pick(texts, '0')];
}

function show(entries: readonly ConfigEntry[]): string {
  return entries.map(([key, value]) => `${quote(key ?? 'NULL')} = ${quote(value ?? 'NULL')}`).join(', ');
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
