// The components that a project's build files name: crates of Cargo.lock, packages and sources of CMake.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Models as CycloneDxModels } from '@cyclonedx/cyclonedx-library';
import { cargoPackages } from './cargo-lock.ts';
import type { CmakeDependency } from './cmake-dependencies.ts';
import { cmakeDependenciesOf } from './cmake-files.ts';

type CycloneDx = typeof import('@cyclonedx/cyclonedx-library');
type Component = CycloneDxModels.Component;

/** Reads the build files of a project. */
export async function declaredComponents(cyclonedx: CycloneDx, root: string): Promise<Component[]> {
  const lock = await readFile(join(root, 'Cargo.lock'), 'utf8').catch(() => '');
  const crates = cargoPackages(lock).map(({ name, version, checksum }) => {
    const fields = { version, purl: `pkg:cargo/${name}@${version}`, bomRef: `cargo:${name}@${version}` };
    return withDigest(cyclonedx, new cyclonedx.Models.Component(cyclonedx.Enums.ComponentType.Library, name, fields), checksum);
  });
  return [...crates, ...(await cmakeDependenciesOf(root)).map((dependency) => cmakeComponent(cyclonedx, dependency))];
}

function cmakeComponent(cyclonedx: CycloneDx, dependency: CmakeDependency): Component {
  const { Enums, Models } = cyclonedx;
  const { name, version, minimum, repository, archive, sha256, optional } = dependency;
  const component = new Models.Component(Enums.ComponentType.Library, name, {
    ...(version !== undefined && { version }),
    purl: purlOf(dependency),
    bomRef: `cmake:${name}`,
    scope: optional ? Enums.ComponentScope.Optional : Enums.ComponentScope.Required,
  });
  if (repository !== undefined) component.externalReferences.add(new Models.ExternalReference(repository, Enums.ExternalReferenceType.VCS));
  if (archive !== undefined)
    component.externalReferences.add(new Models.ExternalReference(archive, Enums.ExternalReferenceType.Distribution));
  if (minimum !== undefined) component.properties.add(new Models.Property('mvas:minimumVersion', minimum));
  return withDigest(cyclonedx, component, sha256);
}

function withDigest({ Enums }: CycloneDx, component: Component, sha256: string | undefined): Component {
  if (sha256 !== undefined) component.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
  return component;
}

function purlOf({ name, version, repository, archive }: CmakeDependency): string {
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  const [, path] = /^(?:https:\/\/|git@)github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(repository ?? '') ?? [];
  if (path !== undefined) return `pkg:github/${path.toLowerCase()}${at}`;
  const source = repository === undefined ? undefined : `vcs_url=git+${encodeURIComponent(repository)}`;
  const from = source ?? (archive === undefined ? undefined : `download_url=${encodeURIComponent(archive)}`);
  return `pkg:generic/${encodeURIComponent(name)}${at}${from === undefined ? '' : `?${from}`}`;
}
