// Works out what a workflow has to do for a project: one build a platform, each on a machine of that platform; a script has none.
import { basename } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';
import { isPlatformKey, type PlatformKey } from '../core/platform.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { packagePath } from '../package/pack-project.ts';
import { platformFolder } from '../package/platform-files.ts';

/** GitHub's machines, by the labels of today. */
const runners: Readonly<Record<PlatformKey, string>> = {
  'windows-x64': 'windows-2022',
  'windows-arm64': 'windows-11-arm',
  'linux-x64': 'ubuntu-22.04',
  'linux-arm64': 'ubuntu-22.04-arm',
  'macos-x64': 'macos-15-intel',
  'macos-arm64': 'macos-15',
};

/** What a workflow may ask for beside the project. */
export interface CiPlanOptions {
  /** The tag that is built; its version must be the manifest's. */
  readonly tag?: string | undefined;
  /** Version of CUDA to install where `windows-x64` is built. */
  readonly cuda?: string | undefined;
  /** Image to build `linux-x64` in. */
  readonly container?: string | undefined;
  /** Other machines than GitHub's, by platform. */
  readonly runners?: Readonly<Record<string, string>> | undefined;
}

/** One build; texts are empty where nothing is asked for, since every entry of a matrix has the same keys. */
export interface CiBuild {
  readonly platform: PlatformKey;
  readonly runner: string;
  /** Name of the artifact. */
  readonly artifact: string;
  readonly container: string;
  readonly cuda: string;
}

/** What a workflow has to do. */
export interface CiPlan {
  readonly id: string;
  readonly version: string;
  /** Version of the kit that the project uses, to sign with. */
  readonly kit: string;
  /** File name of the package. */
  readonly package: string;
  readonly matrix: { readonly include: readonly CiBuild[] };
}

/**
 * Plans the builds of a project.
 *
 * @throws {@link KitError} `FLAG_INVALID` for a tag of another version, or an option for a platform that the project is not built for.
 */
export function planCi({ root, manifest }: { readonly root: string; readonly manifest: Manifest }, options: CiPlanOptions = {}): CiPlan {
  const { id, version } = manifest.app;
  if (options.tag !== undefined && options.tag !== `v${version}` && options.tag !== version)
    throw new KitError('FLAG_INVALID', `the tag ${options.tag} is not version ${version} of manifest.json`, {
      hint: `tag v${version}, or set app.version in manifest.json first`,
    });
  const keys = manifest.package_type === 'native' ? Object.keys(manifest.plugin.binaries).filter(isPlatformKey) : [];
  requirePlatforms(keys, options);
  const include = keys.map((platform) => ({
    platform,
    runner: options.runners?.[platform] ?? runners[platform],
    artifact: platformFolder(platform),
    container: platform === 'linux-x64' ? (options.container ?? '') : '',
    cuda: platform === 'windows-x64' ? (options.cuda ?? '') : '',
  }));
  return { id, version, kit: kitVersion, package: basename(packagePath(root, manifest)), matrix: { include } };
}

/** An option for a build that there is not would do nothing, and nobody would notice. */
function requirePlatforms(keys: readonly PlatformKey[], { cuda, container, runners: named = {} }: CiPlanOptions): void {
  const asked = [
    ...(cuda ? [['--cuda', 'windows-x64']] : []),
    ...(container ? [['--container', 'linux-x64']] : []),
    ...Object.keys(named).map((platform) => ['--runner', platform]),
  ];
  const wrong = asked.filter(([, platform]) => !keys.some((key) => key === platform));
  if (wrong.length === 0) return;
  throw new KitError(
    'FLAG_INVALID',
    wrong.map(([flag, platform]) => `${flag} is for ${platform}, which manifest.json does not name`).join('; '),
    {
      hint:
        keys.length === 0 ? 'nothing is built of a script: one package runs on every platform' : `plugin.binaries names ${keys.join(', ')}`,
    },
  );
}
