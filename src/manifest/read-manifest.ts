// Turns JSON, or the file that holds it, into a manifest or into one error that names every bad field.
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { ruleText } from '../schema/broken-rules.ts';
import { checkManifest, type ManifestProblem } from './check-manifest.ts';
import type { NativeManifest } from './native-manifest.ts';
import type { Manifest } from './script-manifest.ts';

/**
 * Checks and normalises a manifest of any kind; unknown fields are no error.
 *
 * @throws {@link KitError} `MANIFEST_INVALID` naming every bad field by its JSON pointer.
 */
export function parseAnyManifest(value: unknown, name = 'manifest'): Manifest {
  const { manifest, problems } = checkManifest(value);
  if (manifest !== undefined) return manifest;
  const errors = problems.filter(({ severity }) => severity === 'error').map(problemText);
  throw new KitError('MANIFEST_INVALID', `${name}: ${errors.join('; ')}`, { hint: 'mend the fields named above' });
}

/**
 * Checks and normalises the manifest of a native plugin.
 *
 * @throws {@link KitError} `MANIFEST_INVALID` naming every bad field by its JSON pointer, or another kind of manifest.
 */
export function parseManifest(value: unknown, name = 'manifest'): NativeManifest {
  return requireNative(parseAnyManifest(value, name), name);
}

const hints = {
  script: 'a script has no library: mvas validate, golden, bench, infer and package take it',
  pipeline: 'pipelines are not run yet: mvas validate takes them',
} as const;

/**
 * The manifest, if it is that of a native plugin.
 *
 * @throws {@link KitError} `MANIFEST_INVALID` naming the kind it is.
 */
export function requireNative(manifest: Manifest, name: string): NativeManifest {
  if (manifest.package_type === 'native') return manifest;
  throw new KitError('MANIFEST_INVALID', `${name} is of type ${manifest.package_type}, and this takes native plugins only`, {
    hint: hints[manifest.package_type],
  });
}

/**
 * Reads the manifest of a native plugin.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` or `MANIFEST_INVALID`.
 */
export async function readManifest(path: string): Promise<NativeManifest> {
  return parseManifest(await readJsonFile(path), path);
}

/**
 * Reads a manifest of any kind.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` or `MANIFEST_INVALID`.
 */
export async function readAnyManifest(path: string): Promise<Manifest> {
  return parseAnyManifest(await readJsonFile(path), path);
}

/** One problem in one line: pointer, rule, value, and what was probably meant. */
export function problemText({ file, rule, value, ...problem }: ManifestProblem): string {
  const found = value === undefined ? '' : `, not ${shorten(JSON.stringify(value))}`;
  return `${file === undefined ? '' : `${file}: `}${ruleText({ ...problem, rule: `${rule}${found}` })}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
