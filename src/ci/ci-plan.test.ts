import { expect, test } from 'vitest';
import { type PlatformKey, platformKeys } from '../core/platform.ts';
import { parseManifest } from '../manifest/read-manifest.ts';
import { planCi } from './ci-plan.ts';

function project(keys: readonly PlatformKey[]) {
  const binaries = Object.fromEntries(keys.map((key) => [key, `bin/${key}/plugin.so`]));
  const manifest = { manifest_version: '2.0.0', app: { id: 'com.acme.cap', name: 'Cap', version: '1.2.0' }, plugin: { binaries } };
  return { root: '/cap', manifest: parseManifest(manifest, 'manifest.json') };
}

test('each platform of the manifest is built on a machine of its own kind', () => {
  const { matrix, ...plan } = planCi(project(platformKeys));
  expect(plan).toMatchObject({ id: 'com.acme.cap', version: '1.2.0', package: 'com.acme.cap-1.2.0.mvapp' });
  expect(matrix.include.map(({ platform }) => platform)).toEqual(platformKeys);
  for (const { platform, runner, artifact } of matrix.include) {
    expect(artifact).toBe(`bin-${platform}`);
    expect(runner).toMatch({ linux: /^ubuntu-/, macos: /^macos-/, windows: /^windows-/ }[platform.split('-')[0] ?? ''] ?? /never/);
    // Linux and Windows name the processor where it is ARM; a Mac's is ARM unless it says Intel.
    if (!platform.startsWith('macos')) expect(runner.endsWith('-arm')).toBe(platform.endsWith('arm64'));
    else expect(runner.endsWith('-intel')).toBe(platform === 'macos-x64');
  }
});

test('CUDA, a container and other runners go to the build that they are for, and to no other', () => {
  const { matrix } = planCi(project(['linux-x64', 'linux-arm64', 'windows-x64']), {
    cuda: '11.8.0',
    container: 'nvcr.io/nvidia/tensorrt:23.10-py3',
    runners: { 'linux-arm64': 'jetson' },
  });
  expect(matrix.include.map(({ platform, runner, cuda, container }) => [platform, runner, cuda, container])).toEqual([
    ['linux-x64', 'ubuntu-22.04', '', 'nvcr.io/nvidia/tensorrt:23.10-py3'],
    ['linux-arm64', 'jetson', '', ''],
    ['windows-x64', 'windows-2022', '11.8.0', ''],
  ]);
});

test('an option for a platform that the project is not built for is refused', () => {
  const options = { cuda: '11.8.0', container: 'image', runners: { 'windows-x46': 'gpu' } };
  expect(() => planCi(project(['linux-arm64']), options)).toThrowError(
    '--cuda is for windows-x64, which manifest.json does not name; --container is for linux-x64, which manifest.json does not name; --runner is for windows-x46, which manifest.json does not name',
  );
});

test('a tag must say the version of the manifest', () => {
  const here = project(['linux-x64']);
  expect(planCi(here, { tag: 'v1.2.0' }).version).toBe('1.2.0');
  expect(() => planCi(here, { tag: 'v1.3.0' })).toThrowError('the tag v1.3.0 is not version 1.2.0 of manifest.json');
});
