// Signs by a program that has the key: a hardware module, a key service, a smart card.
import type { KeyObject } from 'node:crypto';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { runFilter } from '../process/run-filter.ts';
import { bytesAreSignedBy } from './envelope.ts';

const patienceMs = 5 * 60_000; // somebody may have to enter a PIN
const maxBytes = 64 * 1024;

/** Makes a signature over bytes. */
export type SignBytes = (bytes: Buffer) => Promise<Buffer>;

/**
 * A signer that runs a command: the bytes to sign on standard input, the signature on standard output, bare or in base64. What comes back must be
 * a signature of `publicKey`.
 *
 * @throws {@link KitError} when called: `KEY_INVALID` when the command fails or signs with another key; `TOOL_MISSING`, `INTERRUPTED`.
 */
export function commandSigner(
  commandLine: string,
  publicKey: KeyObject,
  { env, cwd, signal }: Pick<Io, 'env' | 'cwd' | 'signal'>,
): SignBytes {
  const [command = '', ...args] = splitCommand(commandLine);
  return async (bytes) => {
    const { exitCode, output, stderr } = await runFilter(command, args, {
      input: bytes,
      env,
      cwd,
      timeoutMs: patienceMs,
      maxBytes,
      signal,
    });
    if (exitCode !== 0) {
      const said = stderr.trim().slice(-400);
      throw new KitError('KEY_INVALID', `the signer command ended with ${exitCode ?? 'a signal'}${said === '' ? '' : `: ${said}`}`, {
        hint: 'run it by hand: bytes on standard input, the signature on standard output',
      });
    }
    const found = [output, Buffer.from(output.toString('latin1').trim(), 'base64')].find((text) =>
      bytesAreSignedBy(bytes, text, publicKey),
    );
    if (found !== undefined) return found;
    throw new KitError('KEY_INVALID', 'what the signer command wrote is no signature of the key in --cert', {
      hint: 'it must sign with RSA PKCS#1 v1.5 and SHA-256, or Ed25519, with that very key',
    });
  };
}

/**
 * Splits a command line into words; words in single or double quotes may hold spaces. No shell reads it.
 *
 * @throws {@link KitError} `FLAG_INVALID` for an empty one, or a quote without its end.
 */
export function splitCommand(line: string, flag = '--signer-cmd'): string[] {
  const words = [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  const rest = line.replace(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g, '').trim();
  if (words.length > 0 && rest === '') return words;
  throw new KitError('FLAG_INVALID', `${flag} ${JSON.stringify(line)} is no command`, {
    hint: 'write a program and its arguments, in quotes where they hold spaces; no shell reads them',
  });
}
