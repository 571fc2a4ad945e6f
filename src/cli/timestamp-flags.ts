// What --tsa and --tsa-cmd ask for.
import { resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import type { FittingTimestamp } from '../signing/timestamp-service.ts';

/** The flags of commands that ask a timestamp authority. */
export interface TimestampFlags {
  readonly tsa?: string | undefined;
  readonly tsaCmd?: string | undefined;
}

type Stamp = (signature: Buffer) => Promise<FittingTimestamp>;

/**
 * How to get a timestamp on a signature, or undefined when none was asked for.
 *
 * @throws {@link KitError} `FLAG_INVALID` for both flags at once, or what is no address and no command.
 */
export async function askedTimestamp({ tsa, tsaCmd }: TimestampFlags, io: Io): Promise<Stamp | undefined> {
  if (tsa !== undefined && tsaCmd !== undefined)
    throw new KitError('FLAG_INVALID', '--tsa and --tsa-cmd ask for the same thing', { hint: 'leave one of them out' });
  if (tsa === undefined && tsaCmd === undefined) return undefined;
  const { askForTimestamp, commandAuthority, urlAuthority } = await import('../signing/timestamp-service.ts');
  const ask = tsaCmd === undefined ? urlAuthority(tsa ?? '', io.signal) : commandAuthority(tsaCmd, io);
  return (signature) => askForTimestamp(signature, ask);
}

/**
 * Takes the answer of an authority from a file.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` when called.
 */
export async function timestampFromFile(file: string, io: Io): Promise<Stamp> {
  const { readFile } = await import('node:fs/promises');
  const { fittingTimestamp } = await import('../signing/timestamp-service.ts');
  const path = resolve(io.cwd, file);
  const answer = await readFile(path).catch((cause: unknown) => {
    throw new KitError('FILE_NOT_FOUND', `${path} cannot be read`, { cause, hint: 'check the path after --token' });
  });
  return async (signature) => fittingTimestamp(answer, signature);
}
