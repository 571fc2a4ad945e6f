// `mvas manifest`: a manifest of any kind in its normalised form: aliases resolved, defaults filled in.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineCommand } from '../command.ts';

const command = defineCommand({
  flags: (bare) => bare.argument('[path]', 'manifest.json, project folder or .mvapp file', '.'),
  examples: ['mvas manifest', 'mvas manifest bottle-cap-1.0.0.mvapp'],
  async run(io, _options, named) {
    const path = resolve(io.cwd, named);
    const parts = await loadParts();
    io.print(JSON.stringify(path.toLowerCase().endsWith('.mvapp') ? await packed(path, parts) : await written(path, parts), null, 2));
    return 0;
  },
});
export default command;

type Parts = Awaited<ReturnType<typeof loadParts>>;

async function loadParts() {
  const { readJsonFile } = await import('../../core/json-file.ts');
  const { parseAnyManifest } = await import('../../manifest/read-manifest.ts');
  const { readArchive } = await import('../../package/archive.ts');
  const { readPackagedJson } = await import('../../package/package-manifest.ts');
  return { readJsonFile, parseAnyManifest, readArchive, readPackagedJson };
}

async function packed(path: string, { readArchive, readPackagedJson, parseAnyManifest }: Parts) {
  await using archive = await readArchive(path);
  return parseAnyManifest(await readPackagedJson(archive), path);
}

async function written(path: string, { readJsonFile, parseAnyManifest }: Parts) {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const file = isFolder ? join(path, 'manifest.json') : path;
  return parseAnyManifest(await readJsonFile(file), file);
}
