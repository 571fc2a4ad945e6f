// A damaged configuration is refused, an unknown key is not.
import type { UserSetting } from '../../../manifest/native-manifest.ts';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const invalidInput = -3;
const outOfMemory = -6;
const tenMegabytes = 10 << 20;

const check = defineCheck({
  id: 'init/bad-config',
  title: 'mvas_init refuses with −3 what is no JSON object or has a value of the wrong type or range, and ignores unknown keys',
  why: 'A recipe with a missing quote must be refused when it is loaded; inspecting with defaults instead passes bad parts.',
  fix: 'Parse strictly, limit the depth, look at the type and range of each value you know, and return MVAS_ERROR_INVALID_INPUT with the key in the text.',
  spec: 'abi.md#mvas_init',
  blind: 'Settings that no manifest declares.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, model, manifest }) {
    plugin.start();
    plugin.cleanup();
    const settings = manifest?.configuration.user_configurable ?? [];
    const refused = [...noObjects, ...wrongValues(settings)];
    const findings: Finding[] = [];
    for (const [config, allowed] of [...refused.map((text) => [text, [invalidInput]] as const), ...tolerated]) {
      const code = plugin.init(model, config);
      if (!allowed.includes(code))
        findings.push({ message: `mvas_init with ${shown(config)} returns ${code} instead of ${allowed.join(' or ')}` });
      if (code === 0) plugin.cleanup();
    }
    return findings;
  },
});
export default check;

const noObjects = ['[]', '42', '"threshold"', 'null', 'nonsense', '{', '{"a": 1', '{"a": }', '{"a": 1} x', '{"a" 1}', "{'a': 1}"];

const deep = (levels: number) => `{"unknown": ${'['.repeat(levels)}${']'.repeat(levels)}}`;

/** What may be taken, since the keys are unknown; what is too deep or too long may be refused. */
const tolerated: readonly (readonly [config: string, allowed: readonly number[]])[] = [
  [' {"an unknown key": {"with": ["a", 1, true, null]}, "unknown.2": -1.5e3} ', [0]],
  ['{"unknown": "\\u00fc \\" \\\\ ü"}', [0]],
  [deep(100), [0, invalidInput]],
  [deep(100_000), [0, invalidInput, outOfMemory]],
  [`{"unknown": ${'['.repeat(100_000)}`, [invalidInput, outOfMemory]],
  [`{"unknown": "${'x'.repeat(tenMegabytes)}"}`, [0, invalidInput, outOfMemory]],
];

/** Configurations in which one declared key has a value of another type, or beyond its bounds. */
function wrongValues(settings: readonly UserSetting[]): string[] {
  return settings.flatMap((setting) => wrongFor(setting).map((value) => JSON.stringify({ [setting.key]: value })));
}

function wrongFor({ type, min, max }: UserSetting): unknown[] {
  if (type === 'float' || type === 'int') {
    const fraction = type === 'int' ? [(min ?? 0) + 0.5] : [];
    return ['abc', {}, ...fraction, ...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])];
  }
  if (type === 'bool') return ['abc', {}];
  return type === 'enum' ? ['no such option', 1, {}] : [1, {}];
}

function shown(config: string): string {
  return config.length > 80 ? `${config.slice(0, 40)}… of ${config.length} characters` : config;
}
