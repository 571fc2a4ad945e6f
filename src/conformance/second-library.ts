// Finds or makes the library that is loaded beside the plugin under test.
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledModule } from '../core/kit-version.ts';
import { hostPlatform } from '../core/platform.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';

const extensions = { linux: 'so', windows: 'dll', macos: 'dylib' } as const;

/** The kit's own small plugin. @throws PlatformCannot where none was built for this platform. */
export function companionLibrary(): string {
  const platform = hostPlatform();
  const system = platform.split('-')[0] as keyof typeof extensions;
  const path = fileURLToPath(compiledModule(`companion/${platform}/plugin.${extensions[system]}`));
  if (!existsSync(path)) throw new PlatformCannot('companion plugin');
  return path;
}

/** A copy of a library in a folder where it finds what it needs: links to all that lies beside it, and to the package's deps. */
export function copyOfLibrary(library: string, folder: string): string {
  const from = dirname(library);
  const to = join(folder, 'bin/copy');
  mkdirSync(to, { recursive: true });
  const copy = join(to, basename(library));
  copyFileSync(library, copy);
  for (const name of readdirSync(from)) if (name !== basename(library)) symlinkSync(join(from, name), join(to, name));
  const deps = join(from, '../../deps');
  if (existsSync(deps)) symlinkSync(deps, join(folder, 'deps'));
  return copy;
}
