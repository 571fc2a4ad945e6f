// Releases and packages that break a rule: what is around a correct library is wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRelease } from '../src/conformance/release.ts';
import type { Subject } from '../src/conformance/subject.ts';
import { hostPlatform } from '../src/core/platform.ts';
import type { NativeManifest } from '../src/manifest/native-manifest.ts';
import { parseManifest } from '../src/manifest/read-manifest.ts';
import { compilePlugin, pluginFlags } from './compile-plugin.ts';
import { compileTwin } from './compile-twin.ts';
import { subjectOf } from './conformance-subject.ts';
import { archiveBytes, goodArchive } from './hostile-archives.ts';
import { scratchFolder } from './scratch.ts';
import { packagedFiles, packagedManifest, writeUnsigned } from './signed-package.ts';
import type { StaticTwin } from './static-twins.ts';

const plain = 'test/plugins/good/plain.c';
const setting = { key: 'threshold', type: 'float', default: 0.5 };

function manifestOf(version: string, settings: readonly object[] = [setting]): NativeManifest {
  const written = { ...packagedManifest, app: { ...packagedManifest.app, version }, configuration: { user_configurable: settings } };
  const manifest = parseManifest(written, 'manifest.json');
  if (manifest.package_type !== 'native') throw new Error('the manifest of the tests is one of a native plugin');
  return manifest;
}

/** A library and its manifest after a release 1.2.3 of plain.c. */
async function released(library: string, manifest: NativeManifest): Promise<Subject> {
  const previous = await readRelease(await compilePlugin(plain), hostPlatform());
  return { ...subjectOf(library, null), manifest, previous: { ...previous, manifest: manifestOf('1.2.3') } };
}

/** plain.c again: another build of the same. */
const rebuilt = () => compilePlugin(plain, { flags: [...pluginFlags, '-O1'] });

async function packaged(write: (path: string) => Promise<unknown>): Promise<Subject> {
  const path = join(await scratchFolder(), 'cap.mvapp');
  await write(path);
  return { ...subjectOf(await compilePlugin(plain), null), package: path };
}

const manifestBytes = (changes: object) => Buffer.from(JSON.stringify({ ...packagedManifest, ...changes }));

function twin(id: string, title: string, make: () => Promise<Subject>): StaticTwin {
  return { id, title, tools: [], make };
}

/** All of them. */
export const releaseTwins: readonly StaticTwin[] = [
  twin('binary/previous-release', 'functions that are gone in a minor step', async () =>
    released(await compileTwin('binary/optional-exports.c'), manifestOf('1.3.0')),
  ),
  twin('binary/previous-release', 'two libraries under one version', async () => released(await rebuilt(), manifestOf('1.2.3'))),
  twin('binary/previous-release', 'a version that falls', async () => released(await rebuilt(), manifestOf('1.2.2'))),
  twin('binary/previous-release', 'a setting that is gone in a patch', async () => released(await rebuilt(), manifestOf('1.2.4', []))),
  twin('package/layout', 'a model that is not in the package', () =>
    packaged((path) => writeUnsigned(path, { 'models/m.onnx': undefined })),
  ),
  twin('package/layout', 'a library of deps that is not in the package', () =>
    packaged((path) =>
      writeUnsigned(path, {
        'manifest.json': manifestBytes({
          plugin: { ...packagedManifest.plugin, dependencies: { 'linux-x64': ['deps/linux/libvision.so'] } },
        }),
      }),
    ),
  ),
  twin('package/layout', 'a configuration that is not in the package', () =>
    packaged((path) => writeUnsigned(path, { 'manifest.json': manifestBytes({ configuration: { default_config: 'config/none.json' } }) })),
  ),
  twin('package/layout', 'a name that leads out of it', () =>
    packaged(async (path) =>
      writeFileSync(path, archiveBytes({ entries: [...goodArchive().entries, { name: '../evil.json', data: Buffer.from('{}') }] })),
    ),
  ),
  twin('package/layout', 'an archive that is cut off', () =>
    packaged(async (path) => {
      await writeUnsigned(path);
      writeFileSync(path, readFileSync(path).subarray(0, -30));
    }),
  ),
];

/** Nothing may speak against these. */
export const correctReleases: readonly Omit<StaticTwin, 'id'>[] = [
  twin('', 'a patch', async () => released(await rebuilt(), manifestOf('1.2.4'))),
  twin('', 'the same library again', async () => released(await compilePlugin(plain), manifestOf('1.2.3'))),
  twin('', 'a major step without settings', async () => released(await compileTwin('binary/optional-exports.c'), manifestOf('2.0.0', []))),
  twin('', 'a package with all its files', () =>
    packaged((path) => writeUnsigned(path, { 'bin/linux/plugin.so': packagedFiles['bin/linux/plugin.so'] })),
  ),
];
