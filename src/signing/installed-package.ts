// What is remembered of the package that another one replaces.

/** The package that is installed, or was released before. */
export interface InstalledPackage {
  readonly id: string;
  readonly version: string;
  /** `app.version_code` of its manifest. */
  readonly versionCode?: number;
  /** Ids of the keys that signed it; empty for an unsigned one. */
  readonly signers: readonly string[];
}
