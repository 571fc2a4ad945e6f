// A small package without a real library, and keys to sign it with: what tests of signing need.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bytesSource } from '../src/package/archive-source.ts';
import { writeArchive } from '../src/package/write-archive.ts';
import { type VerifyOptions, verifyPackage } from '../src/signing/verify.ts';

/** The manifest of the package. */
export const packagedManifest = {
  manifest_version: '2.0.0',
  package_type: 'native',
  app: { id: 'com.acme.cap', name: 'Cap', version: '1.2.3' },
  plugin: { binaries: { 'linux-x64': 'bin/linux/plugin.so' }, model: { path: 'models/m.onnx' } },
};

/** Files of the package by name. */
export const packagedFiles: Readonly<Record<string, Buffer>> = {
  'manifest.json': Buffer.from(`${JSON.stringify(packagedManifest, null, 2)}\n`),
  'bin/linux/plugin.so': Buffer.from('\x7fELF library'),
  'models/m.onnx': Buffer.from('weights'),
};

/** Writes an unsigned package; `changes` adds files, or removes them by undefined. */
export async function writeUnsigned(path: string, changes: Readonly<Record<string, Buffer | undefined>> = {}): Promise<string> {
  const files = Object.entries({ ...packagedFiles, ...changes });
  await writeArchive(
    path,
    files.flatMap(([name, bytes]) => (bytes === undefined ? [] : [bytesSource(name, bytes)])),
  );
  return path;
}

/** An RSA key of the default size, made once for all tests of a file. */
export const rsaKey: KeyObject = newRsaKey(3072);

/** A new RSA key. */
export function newRsaKey(bits: number, publicExponent = 65537): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).privateKey;
}

/** A new Ed25519 key. */
export function newEdKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** The public half. */
export function publicOf(key: KeyObject): KeyObject {
  return createPublicKey(key.type === 'private' ? key : createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })));
}

/** Exit code of verifying bytes as a package. */
export async function exitOfBytes(folder: string, bytes: Buffer, options: VerifyOptions): Promise<number> {
  const path = join(folder, `${randomUUID()}.mvapp`);
  await writeFile(path, bytes);
  const { exit } = await verifyPackage(path, options);
  await rm(path);
  return exit;
}

/** Changes single bytes of a trusted package, each in one of three ways, and wants every change noticed. */
export async function expectNoLooseByte(folder: string, bytes: Buffer, options: VerifyOptions, stride: number): Promise<void> {
  expect(await exitOfBytes(folder, bytes, options)).toBe(0);
  for (let index = 0; index < bytes.length; index += stride) {
    const mask = [1, 0x20, 0xff][index % 3] ?? 1;
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ mask;
    expect(await exitOfBytes(folder, changed, options), `byte ${index} ^ ${mask}`).toBeGreaterThanOrEqual(10);
  }
}
