// Reads the signatures that a package has for adding to them, and writes the package with others.
import { KitError } from '../core/kit-error.ts';
import type { Archive } from '../package/archive.ts';
import { bytesSource, entrySource } from '../package/archive-source.ts';
import { contentDigest, type FileDigest, signedFiles } from '../package/content-digest.ts';
import { replaceFirst } from '../package/replace-first.ts';
import { type WrittenArchive, writeArchive } from '../package/write-archive.ts';
import { compareFiles, hashFiles } from './compare-files.ts';
import { type EnvelopeSignature, makeEnvelope, readEnvelope } from './envelope.ts';
import { parseStatement, statedFiles } from './statement.ts';

/** What is signed, and by whom so far. */
export interface Signatures {
  readonly payload: Buffer;
  readonly signatures: readonly EnvelopeSignature[];
}

/**
 * Hashes the files of a package that is to be signed.
 *
 * @throws {@link KitError} `CONTENT_DIFFERS` when one is damaged.
 */
export async function hashForSigning(archive: Archive, signal?: AbortSignal): Promise<readonly FileDigest[]> {
  const { hashed, damaged } = await hashFiles(archive, signal);
  const [first] = damaged;
  if (first !== undefined) throw new KitError('CONTENT_DIFFERS', first.message, { thing: archive.path, hint: 'pack again' });
  return hashed;
}

/**
 * The signatures that are there already; they count only if they speak of this very content.
 *
 * @throws {@link KitError} `SIGNATURE_INVALID`, `CONTENT_DIFFERS`.
 */
export async function readSignatures(archive: Archive, files: readonly FileDigest[]): Promise<Signatures | undefined> {
  const entry = archive.find('signature.json');
  if (entry === undefined) return undefined;
  const envelope = await readEnvelope(archive, entry);
  const payload = Buffer.from(envelope.payload, 'base64');
  const stated = statedFiles(parseStatement(payload));
  const wrong = compareFiles(stated, archive)[0]?.message ?? changedFile(stated, files);
  if (wrong === undefined) return { payload, signatures: envelope.signatures };
  throw new KitError('CONTENT_DIFFERS', `it carries a signature of other content: ${wrong}`, {
    thing: archive.path,
    hint: 'pack again, then sign',
  });
}

/**
 * Writes the package with these signatures, in place or elsewhere; it closes the archive. All but the signatures stays as it is, unless the
 * archive was made by others in a form that no signed package may have.
 *
 * @throws {@link KitError} `CONTENT_DIFFERS` when the package was changed meanwhile, `PACKAGE_REFUSED`, `WRITE_FAILED`, `INTERRUPTED`.
 */
export async function writeSignatures(
  archive: Archive,
  files: readonly FileDigest[],
  { payload, signatures }: Signatures,
  { output = archive.path, signal }: { readonly output?: string; readonly signal?: AbortSignal },
): Promise<WrittenArchive> {
  const first = { name: 'signature.json', bytes: Buffer.from(JSON.stringify(makeEnvelope(payload, signatures))) };
  const options = { ...(signal && { signal }), release: () => archive.close() };
  const replaced = await replaceFirst(archive, first, output, options);
  if (replaced !== undefined) return { ...replaced, contentDigest: contentDigest(files) };
  const digests = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const sources = archive.entries.flatMap((entry) => {
    const sha256 = digests.get(entry.name);
    return sha256 === undefined ? [] : [entrySource(archive, entry, sha256)];
  });
  return await writeArchive(output, [bytesSource(first.name, first.bytes), ...sources], options);
}

function changedFile(stated: readonly FileDigest[], files: readonly FileDigest[]): string | undefined {
  const name = signedFiles(files).find(({ sha256 }, index) => sha256 !== stated[index]?.sha256)?.name;
  return name === undefined ? undefined : `${name} was changed after signing`;
}
