// What is in a package, without trusting or running any of it.

import { checkManifest } from '../manifest/check-manifest.ts';
import type { ManifestKind } from '../manifest/manifest-kind.ts';
import { manifestKind } from '../manifest/manifest-kind.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { MalformedStream } from '../model/byte-stream.ts';
import { type OnnxHeader, readOnnxHeader } from '../model/onnx-header.ts';
import { type Archive, readArchive } from './archive.ts';
import { contentDigest } from './content-digest.ts';
import { readPackagedJson } from './package-manifest.ts';

/** One file of a package. */
export interface InspectedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Bytes it takes in the package. */
  readonly packedBytes: number;
  readonly sha256: string;
}

/** A model file of a package, with what it says of itself. */
export type InspectedModel = { readonly path: string } & (OnnxHeader | { readonly unreadable: string });

/** What is in a package. */
export interface Inspection {
  readonly path: string;
  readonly sizeBytes: number;
  readonly kind: ManifestKind;
  readonly id: string | null;
  readonly name: string | null;
  readonly version: string | null;
  /** Platform keys it has a library for; empty for scripts and pipelines, which run anywhere. */
  readonly platforms: readonly string[];
  /** Errors of the manifest; `mvas validate` explains them. */
  readonly manifestErrors: number;
  /** SHA-256 over the list of all files but signature.json; a signature names it. */
  readonly contentDigest: string;
  readonly files: readonly InspectedFile[];
  readonly models: readonly InspectedModel[];
  /** Number of components of each type in sbom.cdx.json; null without one. */
  readonly sbom: Readonly<Record<string, number>> | null;
}

/**
 * Reads a package of any kind.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`; `CONTAINER_MALFORMED`, `CONTENT_DIFFERS` for what is no sound package.
 */
export async function inspectPackage(path: string): Promise<Inspection> {
  await using archive = await readArchive(path);
  const written = await readPackagedJson(archive);
  const { manifest, problems } = checkManifest(written);
  const files: InspectedFile[] = [];
  for (const entry of archive.entries)
    files.push({ name: entry.name, sizeBytes: entry.sizeBytes, packedBytes: entry.compressedBytes, sha256: await archive.sha256(entry) });
  return {
    path,
    sizeBytes: archive.sizeBytes,
    kind: manifestKind(written),
    id: manifest?.app.id ?? null,
    name: manifest?.app.name ?? null,
    version: manifest?.app.version ?? null,
    platforms: manifest?.package_type === 'native' ? Object.keys(manifest.plugin.binaries) : [],
    manifestErrors: problems.filter(({ severity }) => severity === 'error').length,
    contentDigest: contentDigest(files),
    files,
    models: await inspectModels(archive, manifest),
    sbom: await inspectSbom(archive),
  };
}

/** The ONNX files of the package; those that only the manifest names are `mvas validate`'s business. */
async function inspectModels(archive: Archive, manifest: Manifest | undefined): Promise<InspectedModel[]> {
  const named = manifest === undefined ? [] : modelPaths(manifest);
  const entries = archive.entries.filter(({ name }) => name.endsWith('.onnx') || named.includes(name));
  const models: InspectedModel[] = [];
  for (const entry of entries) {
    try {
      models.push({ path: entry.name, ...(await readOnnxHeader(archive.chunks(entry))) });
    } catch (error) {
      if (!(error instanceof MalformedStream)) throw error;
      models.push({ path: entry.name, unreadable: entry.name.endsWith('.onnx') ? error.message : 'it is no ONNX model' });
    }
  }
  return models;
}

function modelPaths(manifest: Manifest): string[] {
  if (manifest.package_type !== 'native') return manifest.models.map(({ path }) => path);
  const { path, fallback, engines } = manifest.plugin.model;
  return [path, ...(fallback === undefined ? [] : [fallback]), ...Object.values(engines)];
}

const sbomLimit = 16 * 1024 * 1024;

async function inspectSbom(archive: Archive): Promise<Readonly<Record<string, number>> | null> {
  const entry = archive.find('sbom.cdx.json');
  if (entry === undefined) return null;
  const counts: Record<string, number> = {};
  for (const type of componentTypes((await archive.read(entry, sbomLimit)).toString('utf8'))) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function componentTypes(text: string): string[] {
  try {
    const { components }: { components?: unknown } = JSON.parse(text);
    return Array.isArray(components) ? components.map((component: { type?: unknown } | null) => String(component?.type)) : [];
  } catch {
    return [];
  }
}
