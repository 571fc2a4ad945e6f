// Reads the files that static checks look at.
import { existsSync } from 'node:fs';
import { readBinary } from '../binary/read-binary.ts';
import { KitError } from '../core/kit-error.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { StaticContext } from './check.ts';
import type { Subject } from './subject.ts';

/** The library and all that its manifest names, as they are on disk. */
export function staticContext({ library, platform, declared, manifest, root, package: archive, previous }: Subject): StaticContext {
  return {
    library,
    manifest,
    root,
    package: archive,
    previous,
    binary: read(library, platform),
    platform,
    declared: declared.map(({ absolute, path, isRequired, platform: key }) => ({
      path,
      platform: key,
      isRequired,
      binary: existsSync(absolute) ? read(absolute, key) : undefined,
    })),
  };
}

function read(path: string, platform: PlatformKey): StaticContext['binary'] {
  try {
    return readBinary(path, platform);
  } catch (error) {
    if (error instanceof KitError && error.code === 'PLUGIN_INVALID') return { unreadable: error.message.replace(`${path} `, '') };
    throw error;
  }
}
