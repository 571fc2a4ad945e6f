// Which places a package has: anything else must be listed in the manifest's extraFiles.
import type { Manifest } from '../manifest/script-manifest.ts';

const files = ['manifest.json', 'signature.json', 'sbom.cdx.json'];

const folders = [
  'models',
  'model',
  'config',
  'assets',
  'test',
  'tests',
  'pipeline',
  'processors',
  'rules',
  'preprocessing',
  'postprocessing',
  'localization',
  'runtime',
  'licenses',
  'reports',
];

/** Names that have no place in a package with this manifest. */
export function misplacedFiles(names: readonly string[], manifest: Manifest): string[] {
  const native = nativeFiles(manifest)
    .map(platformFolder)
    .filter((folder) => folder !== undefined);
  const places = [...folders.map((folder) => `${folder}/`), ...native, ...manifest.extraFiles.filter((path) => path.endsWith('/'))];
  const known = new Set([...files, ...manifest.extraFiles]);
  return names.filter((name) => !known.has(name) && !places.some((place) => name.startsWith(place)));
}

function nativeFiles(manifest: Manifest): string[] {
  if (manifest.package_type !== 'native') return [];
  const { binaries, dependencies } = manifest.plugin;
  return [...Object.values(binaries), ...Object.values(dependencies).flat()];
}

/** `bin/linux/` of `bin/linux/plugin.so`. */
function platformFolder(path: string): string | undefined {
  return /^(bin|deps)\/[^/]+\//.exec(path)?.[0];
}
