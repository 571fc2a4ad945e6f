// Opens a file with the program that the system has for it.
import { platform } from 'node:os';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { findProgram } from '../process/find-program.ts';
import { runProcess } from '../process/run-process.ts';

const openers: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens a file in the browser and does not wait for that to end.
 *
 * @throws {@link KitError} `TOOL_MISSING` where the system has nothing that opens files.
 */
export async function openInBrowser(file: string, { env, signal }: Pick<Io, 'env' | 'signal'>): Promise<void> {
  const [program, ...args] = openers[platform()] ?? ['xdg-open'];
  const found = await findProgram(program, env);
  const failed = (why: string): KitError =>
    new KitError('TOOL_MISSING', `${why}: ${file} is written but not open`, { hint: 'open the file in a browser yourself' });
  if (found === undefined) throw failed(`${program} is not installed`);
  const { exitCode } = await runProcess(found, [...args, file], { env, signal, timeoutMs: 20_000 });
  if (exitCode !== 0 && platform() !== 'win32') throw failed(`${program} ended with ${exitCode}`);
}
