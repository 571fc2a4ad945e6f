// Runs a program as a filter: bytes in, bytes out.
import { KitError } from '../core/kit-error.ts';

/** How to run it. */
export interface FilterOptions {
  readonly input: Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Of more output the program is ended. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** How it ended. */
export interface FilterResult {
  /** undefined when it was ended. */
  readonly exitCode: number | undefined;
  readonly output: Buffer;
  readonly stderr: string;
}

/**
 * Runs a program to its end, without a shell.
 *
 * @throws {@link KitError} `TOOL_MISSING` when it cannot be started, `INTERRUPTED`.
 */
export async function runFilter(command: string, args: readonly string[], options: FilterOptions): Promise<FilterResult> {
  const { input, env, cwd, timeoutMs, maxBytes, signal } = options;
  const { execa } = await import('execa'); // a hundred modules, which most commands do without
  const result = await execa(command, [...args], {
    input,
    env: { ...env },
    extendEnv: false,
    cwd,
    encoding: 'buffer',
    maxBuffer: maxBytes,
    timeout: timeoutMs,
    forceKillAfterDelay: 1000,
    reject: false,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (signal?.aborted) throw new KitError('INTERRUPTED', `${command} was interrupted`);
  if (result.exitCode === undefined && result.signal === undefined && !result.timedOut && !result.isMaxBuffer) {
    throw new KitError('TOOL_MISSING', `${command} cannot be started`, { cause: result.cause, hint: 'install it, or name it by its path' });
  }
  return { exitCode: result.exitCode, output: Buffer.from(result.stdout), stderr: new TextDecoder().decode(result.stderr) };
}
