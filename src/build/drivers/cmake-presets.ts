// Reads cache variables from CMakePresets.json, since CMake itself takes presets only from 3.19 on.
import { join } from 'node:path';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';

/** CMake cache variables by name. */
export type CacheVariables = Readonly<Record<string, string>>;

interface Preset {
  readonly name: string;
  readonly inherits?: string | readonly string[];
  readonly toolchainFile?: string;
  readonly cacheVariables?: Readonly<Record<string, string | boolean | { readonly value: string | boolean } | null>>;
}

/**
 * The cache variables of a configure preset with all it inherits, or undefined when the project has no such preset.
 *
 * @throws {@link KitError} `FILE_INVALID` when CMakePresets.json cannot be read as JSON.
 */
export async function readPreset(root: string, name: string): Promise<CacheVariables | undefined> {
  const presets = await readPresets(root);
  return presets.some((preset) => preset.name === name) ? collect(presets, name, root, []) : undefined;
}

/** Names of the presets that are not hidden. */
export async function presetNames(root: string): Promise<string[]> {
  return (await readPresets(root)).filter((preset) => !('hidden' in preset && preset.hidden)).map(({ name }) => name);
}

async function readPresets(root: string): Promise<readonly Preset[]> {
  const read = await readJsonFile(join(root, 'CMakePresets.json')).catch((error: unknown) => {
    if (error instanceof KitError && error.code === 'FILE_NOT_FOUND') return {};
    throw error;
  });
  const presets = (read as { configurePresets?: unknown }).configurePresets;
  return Array.isArray(presets) ? (presets as readonly Preset[]) : [];
}

function collect(presets: readonly Preset[], name: string, root: string, above: readonly string[]): CacheVariables {
  const preset = presets.find((one) => one.name === name);
  if (preset === undefined || above.includes(name)) return {};
  const parents = [preset.inherits ?? []].flat().toReversed();
  const inherited = parents.map((parent) => collect(presets, parent, root, [...above, name]));
  const merged: Record<string, string> = Object.assign({}, ...inherited);
  const toolchain = preset.toolchainFile === undefined ? {} : { CMAKE_TOOLCHAIN_FILE: preset.toolchainFile };
  for (const [key, value] of Object.entries({ ...toolchain, ...preset.cacheVariables })) {
    if (value === null) delete merged[key];
    else merged[key] = cacheText(value).replaceAll('$' + '{sourceDir}', root);
  }
  return merged;
}

function cacheText(value: string | boolean | { readonly value: string | boolean }): string {
  const plain = typeof value === 'object' ? value.value : value;
  return typeof plain === 'boolean' ? (plain ? 'ON' : 'OFF') : plain;
}
