// Which files a manifest names that its package cannot do without.
import type { Manifest, ScriptManifest } from '../manifest/script-manifest.ts';

/** A file and the field that names it. */
export interface NamedFile {
  /** JSON pointer of the field. */
  readonly pointer: string;
  readonly path: string;
}

/** A plugin's libraries; a script's models, graph, processors, transforms and rules. */
export function namedFiles(manifest: Manifest): NamedFile[] {
  if (manifest.package_type !== 'native') return scriptFiles(manifest);
  return Object.entries(manifest.plugin.binaries).map(([key, path]) => ({ pointer: `/plugin/binaries/${key}`, path }));
}

function scriptFiles({ v1, pipeline, models, processors, preprocessing, postprocessing }: ScriptManifest): NamedFile[] {
  const single = (pointer: string, path: string | undefined): NamedFile[] => (path === undefined ? [] : [{ pointer, path }]);
  return [
    ...single('/pipeline/definition', pipeline?.definition),
    ...models.map(({ path }, index) => ({ pointer: v1 === undefined ? `/models/${index}/path` : '/model/path', path })),
    ...processors.map(({ path }, index) => ({ pointer: `/processors/${index}/path`, path })),
    ...single(v1 === undefined ? '/preprocessing' : '/input/preprocessing', preprocessing),
    ...single(v1 === undefined ? '/postprocessing' : '/output/postprocessing', postprocessing),
  ];
}
