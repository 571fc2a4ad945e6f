// What is remembered of the package that another one replaces.
import type { Manifest } from '../manifest/script-manifest.ts';

/** The package that is installed, or was released before. */
export interface InstalledPackage {
  readonly id: string;
  readonly version: string;
  /** `app.version_code` of its manifest. */
  readonly versionCode?: number;
  /** Ids of the keys that signed it and were trusted; empty for an unsigned one. */
  readonly signers: readonly string[];
}

/** What is to be remembered of a package with that manifest and those signers. */
export function installedPackage({ app }: Manifest, signers: readonly string[]): InstalledPackage {
  return { id: app.id, version: app.version, ...(app.version_code === undefined ? {} : { versionCode: app.version_code }), signers };
}
