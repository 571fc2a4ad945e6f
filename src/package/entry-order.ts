// The one order of the files in a package: signature.json, manifest.json, then bytewise.
const first = ['signature.json', 'manifest.json'];

/** Sorts names of files (printable ASCII, where code units are bytes). */
export function namesInOrder(names: readonly string[]): string[] {
  return [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(name: string): number {
  const index = first.indexOf(name);
  return index === -1 ? first.length : index;
}
