// What the host in the field wants of a native package: stricter types than the documents', fewer platforms, nothing left to defaults.
import type { ManifestProblem } from './check-manifest.ts';
import type { Manifest, ScriptManifest } from './script-manifest.ts';

type Json = Readonly<Record<string, unknown>>;

/** A manifest for that host, with the files that it then needs. */
export interface FieldManifest {
  readonly manifest: Json;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** Platform keys that it knows. */
const platforms = ['windows-x64', 'linux-x64', 'linux-arm64', 'macos-x64', 'macos-arm64'];

const configFile = 'config/default_params.json';
const cure = 'mvas package --host field writes it so';

/** Rewrites a native manifest as its author wrote it: author as one text, settings in a file, defaults spelled out. */
export function forFieldHost(written: Json): FieldManifest {
  const [app, plugin, configuration] = [section(written, 'app'), section(written, 'plugin'), section(written, 'configuration')];
  const model = section(plugin, 'model');
  const inline = isObject(configuration['default_config']) ? configuration['default_config'] : undefined;
  const requirements = section(written, 'requirements');
  const least = requirements['mvas_version'];
  const manifest = {
    ...written,
    app: { ...app, ...(isObject(app['author']) && { author: authorText(app['author']) }) },
    plugin: { interface_version: '2.0', ...plugin, model: { path: 'models/model.onnx', ...model } },
    ...(least !== undefined && { requirements: { min_mvas_version: least, ...requirements } }),
    ...(inline && { configuration: { ...configuration, default_config: configFile } }),
  };
  return { manifest, files: inline ? [{ name: configFile, bytes: Buffer.from(`${JSON.stringify(inline, null, 2)}\n`) }] : [] };
}

/** Why that host would not load a package with this manifest, and what of it that host ignores. */
export function fieldHostProblems(written: Json, manifest: Manifest): ManifestProblem[] {
  if (manifest.package_type !== 'native') return scriptProblems(manifest);
  const [app, plugin, configuration] = [section(written, 'app'), section(written, 'plugin'), section(written, 'configuration')];
  const { binaries } = manifest.plugin;
  const known = Object.keys(binaries).filter((key) => platforms.includes(key));
  const foreign = Object.keys(binaries).filter((key) => !platforms.includes(key));
  return [
    ...when(isObject(app['author']), '/app/author', `must be one text for the field host: ${cure}`),
    ...when(section(plugin, 'model')['path'] === undefined, '/plugin/model/path', `is required for the field host: ${cure}`),
    ...when(plugin['interface_version'] === undefined, '/plugin/interface_version', `is required for the field host: ${cure}`),
    ...when(isObject(configuration['default_config']), '/configuration/default_config', `must be a path for the field host: ${cure}`),
    ...when(known.length === 0, '/plugin/binaries', `must name a library for a platform of the field host: ${platforms.join(', ')}`),
    ...foreign.map((key) => warning(`/plugin/binaries/${key}`, 'is a platform that the field host does not know')),
    ...Object.keys(manifest.plugin.model.engines).map((key) =>
      warning(`/plugin/model/engines/${key}`, 'is not looked at by the field host, which loads plugin.model.path'),
    ),
  ];
}

function scriptProblems({ v1 }: ScriptManifest): ManifestProblem[] {
  if (v1 === undefined)
    return [
      { severity: 'error', pointer: '/package_type', rule: 'is not loaded by the field host, which takes native and version 1 packages' },
    ];
  return [
    ...when(v1.input === undefined, '/input', 'is required for the field host'),
    ...when(v1.output === undefined, '/output', 'is required for the field host'),
  ];
}

function authorText({ name, email }: Json): string {
  return email === undefined ? `${name}` : `${name} <${email}>`;
}

function when(wrong: boolean, pointer: string, rule: string): ManifestProblem[] {
  return wrong ? [{ severity: 'error', pointer, rule }] : [];
}

function warning(pointer: string, rule: string): ManifestProblem {
  return { severity: 'warning', pointer, rule };
}

function section(json: Json, key: string): Json {
  const value = json[key];
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
