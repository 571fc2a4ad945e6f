// Keeps keys and passwords out of packages.
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { inLanes } from '../core/in-lanes.ts';
import { systemReason } from '../core/read-error.ts';
import type { ProjectFile } from './project-files.ts';

const secretNames = /^(\.env(\..*)?|.*\.(p12|pfx|jks|keystore)|id_(rsa|dsa|ecdsa|ed25519))$/i;

/** A PEM private key; libraries that can read keys hold only the first line of one. */
const privateKey = /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=:, -]{16}/;

const scannedBytes = 1024 * 1024;

/** Every file that must not be published, and why; a few at a time, so that a thousand pictures need no more memory than those. */
export async function findSecrets(files: readonly ProjectFile[]): Promise<string[]> {
  return (await inLanes(files, 4, secretProblem)).filter((problem) => problem !== undefined);
}

async function secretProblem(file: ProjectFile): Promise<string | undefined> {
  if (secretNames.test(posix.basename(file.name))) return `${file.name} looks like a secret: keep it outside the folders that are packed`;
  try {
    if (!privateKey.test(await beginning(file))) return undefined;
    return `${file.name} holds a private key: keep it outside the folders that are packed`;
  } catch (error) {
    return `${file.name} cannot be read: ${systemReason(file.path, error)}`;
  }
}

async function beginning({ path, sizeBytes }: ProjectFile): Promise<string> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(scannedBytes, sizeBytes)), 0, undefined, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
