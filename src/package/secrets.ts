// Keeps keys and passwords out of packages.
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import type { ProjectFile } from './project-files.ts';

const secretNames = /^(\.env(\..*)?|.*\.(p12|pfx|jks|keystore)|id_(rsa|dsa|ecdsa|ed25519))$/i;

/** A PEM private key; libraries that can read keys hold only the first line of one. */
const privateKey = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=:, -]{16}/;

const scannedBytes = 1024 * 1024;

/** Says why a file must not be published, or undefined. */
export async function secretProblem(file: ProjectFile): Promise<string | undefined> {
  if (secretNames.test(posix.basename(file.name))) return `${file.name} looks like a secret: keep it outside the folders that are packed`;
  const handle = await open(file.path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(scannedBytes, file.sizeBytes)), 0, undefined, 0);
    if (!privateKey.test(buffer.toString('latin1', 0, bytesRead))) return undefined;
    return `${file.name} holds a private key: keep it outside the folders that are packed`;
  } finally {
    await handle.close();
  }
}
