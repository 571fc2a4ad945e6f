// The list of components in a package: valid CycloneDX, the same bytes for the same content, true to what is packed.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { sha256File } from '../../src/core/digest.ts';
import { readArchive } from '../../src/package/archive.ts';
import { type PackOptions, packProject } from '../../src/package/pack-project.ts';
import { compilePlugin } from '../compile-plugin.ts';
import { onnxModel } from '../onnx-model.ts';
import { packableProject } from '../packable-project.ts';
import { scratchFolder } from '../scratch.ts';

interface Sbom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly type: string;
    readonly 'bom-ref'?: string;
    readonly name: string;
    readonly version?: string;
    readonly purl?: string;
    readonly hashes?: readonly { readonly content: string }[];
    readonly properties?: readonly { readonly name: string; readonly value: string }[];
  }[];
}

async function sbomOf(
  project: Awaited<ReturnType<typeof packableProject>>,
  options: PackOptions = {},
): Promise<{ text: string; sbom: Sbom }> {
  const packed = await packProject(project, { ...options, output: join(project.root, 'p.mvapp') });
  await using archive = await readArchive(packed.path);
  const entry = archive.find('sbom.cdx.json');
  if (entry === undefined) throw new Error('there is a list of components');
  const text = (await archive.read(entry, 1e6)).toString('utf8');
  return { text, sbom: JSON.parse(text) };
}

async function builtProject() {
  const project = await packableProject(await scratchFolder());
  await compilePlugin('test/plugins/good/plain.c', { output: join(project.root, project.library) });
  const model = onnxModel({ input: { type: 'float', shape: [1, 3] }, output: { type: 'float', shape: [1, 3] }, operator: 'Relu' });
  await writeFile(join(project.root, 'models/model.onnx'), model);
  await writeFile(join(project.root, 'Cargo.lock'), '[[package]]\nname = "libm"\nversion = "0.2.1"\nsource = "registry+x"\n');
  return project;
}

test('it is valid CycloneDX 1.6 and names libraries, models and crates with what is known of them', async () => {
  const project = await builtProject();
  const { text, sbom } = await sbomOf(project);
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  const library = sbom.components.find(({ name }) => name === project.library);
  expect(library).toMatchObject({ type: 'library', hashes: [{ content: await sha256File(join(project.root, project.library)) }] });
  const facts = Object.fromEntries((library?.properties ?? []).map(({ name, value }) => [name, value]));
  expect(facts).toMatchObject({ 'mvas:format': expect.stringMatching(/^(elf|macho|pe)$/) });
  if (process.platform === 'linux')
    expect(facts).toMatchObject({ 'mvas:needed': expect.stringContaining('libc.so'), 'mvas:compiler': expect.stringContaining('GCC') });
  const model = sbom.components.find(({ type }) => type === 'machine-learning-model');
  expect(model).toMatchObject({ name: 'models/model.onnx' });
  expect(model?.properties).toContainEqual({ name: 'mvas:opset', value: '13' });
  expect(sbom.components.find(({ name }) => name === 'libm')).toMatchObject({ version: '0.2.1', purl: 'pkg:cargo/libm@0.2.1' });
  expect(sbom.components).toHaveLength(3);
});

test('what CMake fetches and finds is listed, and what a build left behind is not', async () => {
  const project = await builtProject();
  const fetched = 'FetchContent_Declare(fmt GIT_REPOSITORY https://github.com/fmtlib/fmt.git GIT_TAG 10.2.1)';
  const sha256 = '0a'.repeat(32);
  for (const [name, text] of [
    ['CMakeLists.txt', `${fetched}\nif(GPU)\n  find_package(OpenCV 4.5)\nendif()\n`],
    ['cmake/json.cmake', `FetchContent_Declare(json URL https://example.com/json.zip URL_HASH SHA256=${sha256})\n`],
    ['build/CMakeLists.txt', 'find_package(Left)'],
  ] as const) {
    await mkdir(dirname(join(project.root, name)), { recursive: true });
    await writeFile(join(project.root, name), text);
  }
  const { text, sbom } = await sbomOf(project);
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  const declared = sbom.components
    .filter((component) => component['bom-ref']?.startsWith('cmake:'))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  expect(declared).toMatchObject([
    { name: 'fmt', version: '10.2.1', purl: 'pkg:github/fmtlib/fmt@10.2.1', scope: 'required' },
    { name: 'json', purl: 'pkg:generic/json?download_url=https%3A%2F%2Fexample.com%2Fjson.zip', hashes: [{ content: sha256 }] },
    { name: 'OpenCV', scope: 'optional', properties: [{ name: 'mvas:minimumVersion', value: '4.5' }] },
  ]);
});

test('the same content gives the same list, another content another serial number, and only a given time is in it', async () => {
  const project = await builtProject();
  const first = await sbomOf(project);
  expect((await sbomOf(project)).text).toBe(first.text);
  expect(first.sbom.metadata.timestamp).toBeUndefined();
  const timed = await sbomOf(project, { time: new Date('2026-05-01T00:00:00Z') });
  expect(timed.sbom).toMatchObject({ serialNumber: first.sbom.serialNumber, metadata: { timestamp: '2026-05-01T00:00:00.000Z' } });
  await writeFile(join(project.root, 'config/default_params.json'), '{"threshold": 0.25}');
  expect((await sbomOf(project)).sbom.serialNumber).not.toBe(first.sbom.serialNumber);
});

test('a list that the project brings along is packed as it is', async () => {
  const project = await builtProject();
  await writeFile(join(project.root, 'sbom.cdx.json'), '{"bomFormat":"CycloneDX"}');
  expect((await sbomOf(project)).text).toBe('{"bomFormat":"CycloneDX"}');
});
