// Where installed apps lie in MVAS_HOME: plugins/<app id>/<version>-<first 8 digits of its content digest>/.
import { join } from 'node:path';

/** Folder of all installed apps. */
export function pluginsFolder(home: string): string {
  return join(home, 'plugins');
}

/** Held by whoever changes what is installed. */
export function lockPath(home: string): string {
  return join(pluginsFolder(home), '.lock');
}

/** Folder of all releases of an app that are kept, and of the file `current`. */
export function appFolder(home: string, id: string): string {
  return join(pluginsFolder(home), id);
}

/** Name of a release's folder. */
export function releaseName(version: string, contentDigest: string): string {
  return `${version}-${contentDigest.slice(0, 8)}`;
}

/** What lies in the folder of a release. */
export function releasePlaces(folder: string): { readonly app: string; readonly record: string } {
  return { app: join(folder, 'app'), record: join(folder, 'installed.json') };
}

/** Whether a name is of something that was being written when its process died. */
export function isLeftover(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.part');
}
