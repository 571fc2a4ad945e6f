// The crates that a Cargo.lock names.

/** One crate. */
export interface CargoPackage {
  readonly name: string;
  readonly version: string;
}

/** Reads the packages of a Cargo.lock that come from elsewhere: those of the project itself have no source. */
export function cargoPackages(text: string): CargoPackage[] {
  return text
    .split(/^\[\[package\]\]\s*$/m)
    .slice(1)
    .flatMap((block) => {
      const [name, version, source] = ['name', 'version', 'source'].map(
        (key) => new RegExp(`^${key} = "([^"]+)"\\s*$`, 'm').exec(block)?.[1],
      );
      return name === undefined || version === undefined || source === undefined ? [] : [{ name, version }];
    });
}
