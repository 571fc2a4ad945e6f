// The files that a manifest spells out, beside libraries and the default configuration, which its validation looks for.

/** A file, and the field that names it. */
interface ManifestFile {
  readonly pointer: string;
  readonly path: string;
}

/** As written: a model that is only the default may be absent, for plugins that need none. */
export function manifestFiles(manifest: unknown): ManifestFile[] {
  const plugin = member(manifest, 'plugin');
  const model = member(plugin, 'model');
  return [
    ...['path', 'fallback', 'config'].flatMap((key) => fileOf(`/plugin/model/${key}`, member(model, key))),
    ...Object.entries(membersOf(member(model, 'engines'))).flatMap(([key, value]) => fileOf(`/plugin/model/engines/${key}`, value)),
    ...Object.entries(membersOf(member(plugin, 'dependencies'))).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : []).flatMap((one: unknown, index) => fileOf(`/plugin/dependencies/${key}/${index}`, one)),
    ),
  ];
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function member(value: unknown, key: string): unknown {
  return membersOf(value)[key];
}

function fileOf(pointer: string, value: unknown): ManifestFile[] {
  return typeof value === 'string' ? [{ pointer, path: value }] : [];
}
