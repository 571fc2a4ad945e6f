// The list of what a package is made of, in CycloneDX 1.6: libraries with their compiler, models, and what the build files name.
import { createReadStream } from 'node:fs';
import type { Models as CycloneDxModels } from '@cyclonedx/cyclonedx-library';
import { compilersOf } from '../binary/compilers-of.ts';
import { readBinary } from '../binary/read-binary.ts';
import { kitVersion } from '../core/kit-version.ts';
import type { NativeManifest } from '../manifest/native-manifest.ts';
import { MalformedStream } from '../model/byte-stream.ts';
import { readOnnxHeader } from '../model/onnx-header.ts';
import { contentDigest, type FileDigest } from './content-digest.ts';
import { declaredComponents } from './declared-components.ts';
import type { ProjectFile } from './project-files.ts';

type CycloneDx = typeof import('@cyclonedx/cyclonedx-library');
type Facts = Readonly<Record<string, string>>;

/** What to list. */
export interface SbomSubject {
  readonly root: string;
  readonly manifest: Pick<NativeManifest, 'app'>;
  readonly files: readonly ProjectFile[];
  /** The time of the document; none by default, so that the same content gives the same bytes. */
  readonly time?: Date | undefined;
}

/**
 * Lists what a package is made of; `digests` are those of its files so far. The serial number follows from them: the same content
 * gives the same bytes.
 */
export async function makeSbom({ root, manifest, files, time }: SbomSubject, digests: readonly FileDigest[]): Promise<Buffer> {
  const cyclonedx = await import('@cyclonedx/cyclonedx-library');
  const { Enums, Models, Serialize, Spec } = cyclonedx;
  const { app } = manifest;
  const bom = new Models.Bom({ serialNumber: `urn:uuid:${uuidOf(contentDigest(digests))}` });
  if (time !== undefined) bom.metadata.timestamp = time;
  bom.metadata.tools.components.add(new Models.Component(Enums.ComponentType.Application, 'mvas-kit', { version: kitVersion }));
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, app.id, { version: app.version, bomRef: app.id });
  const byName = new Map(digests.map(({ name, sha256 }) => [name, sha256]));
  for (const file of files) {
    const sha256 = byName.get(file.name);
    const component = sha256 === undefined ? undefined : await componentOf(cyclonedx, file, sha256);
    if (component !== undefined) bom.components.add(component);
  }
  for (const component of await declaredComponents(cyclonedx, root)) bom.components.add(component);
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return Buffer.from(`${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`);
}

/** Libraries and models are components; pictures, settings and reports are not. */
async function componentOf(
  { Enums, Models }: CycloneDx,
  file: ProjectFile,
  sha256: string,
): Promise<CycloneDxModels.Component | undefined> {
  const found = libraryPattern.test(file.name) ? libraryFacts(file.path) : await modelFacts(file);
  if (found === undefined) return undefined;
  const type = libraryPattern.test(file.name) ? Enums.ComponentType.Library : Enums.ComponentType.MachineLearningModel;
  const component = new Models.Component(type, file.name, { bomRef: file.name });
  component.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  for (const [name, value] of Object.entries(found)) component.properties.add(new Models.Property(`mvas:${name}`, value));
  return component;
}

const libraryPattern = /^(bin|deps)\/.*\.(dll|dylib|so(\.\d+)*)$/;
const modelPattern = /\.(onnx|engine|plan|trt)$/;

function libraryFacts(path: string): Facts {
  const binary = readBinary(path);
  const compilers = compilersOf(path, binary);
  return {
    format: binary.format,
    platforms: binary.platforms.join(' '),
    needed: binary.needed.join(' '),
    ...(compilers.length > 0 && { compiler: compilers.join(', ') }),
  };
}

async function modelFacts({ name, path }: ProjectFile): Promise<Facts | undefined> {
  if (!modelPattern.test(name)) return undefined;
  if (!name.endsWith('.onnx')) return { format: 'tensorrt' };
  try {
    const { opset, inputs, outputs } = await readOnnxHeader(createReadStream(path));
    const words = (tensors: typeof inputs) => tensors.map((tensor) => `${tensor.name}:${tensor.type}[${tensor.shape.join(',')}]`).join(' ');
    return { format: 'onnx', opset: String(opset), inputs: words(inputs), outputs: words(outputs) };
  } catch (error) {
    if (error instanceof MalformedStream) return { format: 'unknown' };
    throw error;
  }
}

/** A UUID of version 8, made of a digest. */
function uuidOf(digest: string): string {
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
