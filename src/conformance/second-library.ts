// Finds or makes the library that is loaded beside the plugin under test.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledModule } from '../core/kit-version.ts';
import { hostPlatform } from '../core/platform.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';

const extensions = { linux: 'so', windows: 'dll', macos: 'dylib' } as const;

/** The kit's own small plugin. @throws PlatformCannot where none was built for this platform. */
export function companionLibrary(): string {
  const key = hostPlatform();
  const system = key.split('-')[0] as keyof typeof extensions;
  const path = fileURLToPath(compiledModule(`companion/${key}/plugin.${extensions[system]}`));
  if (!existsSync(path)) throw new PlatformCannot('companion plugin');
  return path;
}

/** A copy of a library in a folder where it finds what it needs: links to (on Windows copies of) all that lies beside it, and of the package's deps. */
export function copyOfLibrary(library: string, folder: string): string {
  const from = dirname(library);
  const to = join(folder, 'bin/copy');
  mkdirSync(to, { recursive: true });
  const copy = join(to, basename(library));
  copyFileSync(library, copy);
  for (const name of readdirSync(from)) if (name !== basename(library)) provide(join(from, name), join(to, name));
  const deps = join(from, '../../deps');
  if (existsSync(deps)) provide(deps, join(folder, 'deps'));
  return copy;
}

/** Windows lets only administrators and developers make links. */
function provide(from: string, to: string): void {
  if (platform() === 'win32') cpSync(from, to, { recursive: true });
  else symlinkSync(from, to);
}
