// The keys of a plugin's configuration: as its manifest declares them, else as it tells them itself.
import type { NativeManifest, UserSetting } from '../manifest/native-manifest.ts';
import type { PluginFor } from './check-context.ts';
import { NotReached } from './plugin-session.ts';

/** Values by key, as mvas_get_config tells them. */
export type Config = Readonly<Record<string, unknown>>;

/** A key whose values can be tried. */
export interface ConfigKey {
  readonly key: string;
  readonly kind: 'number' | 'bool' | 'text';
  /** Undefined where no manifest declares it: then its bounds are not known. */
  readonly declared: UserSetting | undefined;
  /** Texts that mvas_set_config must take. */
  readonly right: readonly string[];
  /** Texts that it may take or refuse, since nothing is known of its bounds. */
  readonly open: readonly string[];
  /** Texts that it must refuse. */
  readonly wrong: readonly string[];
}

/** The declared keys; without any, those of the plugin's own JSON that are numbers, truth values or texts. */
export function configKeys(manifest: NativeManifest | undefined, told: Config): ConfigKey[] {
  const declared = manifest?.configuration.user_configurable ?? [];
  return declared.length > 0 ? declared.map(declaredKey) : Object.entries(told).flatMap(([key, value]) => toldKey(key, value) ?? []);
}

const noNumbers = ['nan', '', 'abc', '1e999', '0.5x'];

function declaredKey(declared: UserSetting): ConfigKey {
  const { key, type, min, max, options = [] } = declared;
  const common = { key, declared, open: [] };
  const first = String(declared.default);
  if (type === 'bool') return { ...common, kind: 'bool', right: unique([first, 'true', 'false']), wrong: ['', 'maybe'] };
  if (type === 'enum') return { ...common, kind: 'text', right: unique([first, ...options]), wrong: ['', 'no such option'] };
  if (type === 'string') return { ...common, kind: 'text', right: [first], open: ['a text', 'größer'], wrong: [] };
  const bounds = [min, max].filter((value) => value !== undefined);
  const beyond = [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1])];
  const middle = min === undefined || max === undefined ? [] : [type === 'int' ? Math.floor((min + max) / 2) : min + (max - min) / 4];
  const fraction = type === 'int' ? [`${declared.default}.5`] : [];
  const right = unique([first, ...[...bounds, ...middle].map(String)]);
  return { ...common, kind: 'number', right, wrong: [...noNumbers, ...beyond.map(String), ...fraction] };
}

function toldKey(key: string, value: unknown): ConfigKey | undefined {
  const common = { key, declared: undefined };
  const own = String(value);
  if (typeof value === 'boolean') return { ...common, kind: 'bool', right: [own], open: [String(!value)], wrong: ['maybe'] };
  if (typeof value === 'string') return { ...common, kind: 'text', right: [own], open: [], wrong: [] };
  if (typeof value !== 'number') return undefined;
  // a whole number may be all that is meant, and then a fraction may be cut
  const open = Number.isInteger(value) ? ['0', '1', '2'] : ['0.25', '0.75', '1'];
  return { ...common, kind: 'number', right: [own], open: open.filter((text) => text !== own), wrong: noNumbers };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** What mvas_get_config tells now; ends the check as not reached where it is no JSON object, which config/get finds. */
export function readConfig(plugin: PluginFor<'mvas_get_config'>): Config {
  const config = parseConfig(plugin.getConfig());
  if (config === undefined) throw new NotReached('mvas_get_config returns no JSON object');
  return config;
}

/** The object in a text; undefined where it is none. */
export function parseConfig(text: string | null): Config | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a told value is the one that a text has set; numbers may have been kept as float. */
export function isSet(value: unknown, text: string): boolean {
  if (typeof value !== 'number') return String(value) === text;
  return Math.abs(value - Number(text)) <= 1e-6 * Math.max(1, Math.abs(value));
}

/** Which values differ, each as "threshold 0.5 instead of 0.25". */
export function configDifferences(expected: Config, actual: Config): string[] {
  const keys = unique([...Object.keys(expected), ...Object.keys(actual)]);
  const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return keys
    .filter((key) => JSON.stringify(expected[key]) !== JSON.stringify(actual[key]))
    .map((key) => `${key} is ${show(actual[key])} instead of ${show(expected[key])}`);
}

/** Finds a text for a key that changes its value, and leaves the value as it was; undefined where none is known. */
export function changeOf(plugin: PluginFor<'mvas_get_config' | 'mvas_set_config'>, { key, right, open }: ConfigKey): string | undefined {
  const before = readConfig(plugin)[key];
  if (before === undefined) return undefined; // config/get finds that
  return [...right, ...open].find((text) => {
    if (isSet(before, text) || plugin.setConfig({ [key]: text }) !== 0) return false;
    const changed = readConfig(plugin)[key];
    return (
      plugin.setConfig({ [key]: String(before) }) === 0 && !isSet(before, String(changed)) && isSet(readConfig(plugin)[key], String(before))
    );
  });
}
