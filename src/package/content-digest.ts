// One digest for the content of a package, whatever the container and the signatures around it.
import { sha256Hex } from '../core/digest.ts';

/** A file of a package with its SHA-256 in lower-case hexadecimal. */
export interface FileDigest {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The files that count, in bytewise order: all but signature.json. */
export function signedFiles<File extends Pick<FileDigest, 'name'>>(files: readonly File[]): File[] {
  return files.filter(({ name }) => name !== 'signature.json').sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** SHA-256 of the lines `<sha256>  <name>`, the text that `sha256sum -c` reads. */
export function contentDigest(files: readonly Omit<FileDigest, 'sizeBytes'>[]): string {
  return sha256Hex(
    signedFiles(files)
      .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
      .join(''),
  );
}
