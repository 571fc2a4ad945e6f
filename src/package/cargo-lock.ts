// The crates that a Cargo.lock names.

/** One crate. */
export interface CargoPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the crate, where it comes from a registry. */
  readonly checksum?: string;
}

/** Reads the packages of a Cargo.lock that come from elsewhere: those of the project itself have no source. */
export function cargoPackages(text: string): CargoPackage[] {
  return text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((block) => {
      const [name, version, source, checksum] = ['name', 'version', 'source', 'checksum'].map(
        (key) => new RegExp(`^${key} = "([^"]+)"\\s*$`, 'm').exec(block)?.[1],
      );
      if (name === undefined || version === undefined || source === undefined) return [];
      return [{ name, version, ...(checksum !== undefined && /^[0-9a-f]{64}$/.test(checksum) && { checksum }) }];
    });
}
