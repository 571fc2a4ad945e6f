// Starts a program without a shell, collects what it writes, and ends its whole process group when it must stop.
import { platform } from 'node:os';
import type { Readable } from 'node:stream';
import { KitError } from '../core/kit-error.ts';
import { CappedText } from './capped-text.ts';
import { killGroup } from './kill-group.ts';

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment, not additions. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stops the program; then `INTERRUPTED` is thrown. */
  readonly signal?: AbortSignal;
  /** Gets every line as it comes, without its end. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Stops the program after that time; the result then says `timedOut`. */
  readonly timeoutMs?: number;
  /** Text for standard input; none by default. */
  readonly input?: string;
}

/** How a program ended. */
export interface ProcessResult {
  /** undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** At most about 1 MiB: of more the beginning and the end. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const outputLimit = 1 << 20;
const politenessMs = 1000;

/**
 * Runs a program to its end; any exit code is a result, not an error.
 *
 * @throws {@link KitError} `TOOL_MISSING` when it cannot be started, `INTERRUPTED` when `signal` stopped it.
 */
export async function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<ProcessResult> {
  if (options.signal?.aborted) throw interrupted(command);
  const { execa } = await import('execa'); // a hundred modules, which most commands do without
  const child = execa(command, args, programOptions(options));
  const stdout = collect(child.stdout, (line) => options.onLine?.(line, 'stdout'));
  const stderr = collect(child.stderr, (line) => options.onLine?.(line, 'stderr'));
  const stopper = new Stopper(child.pid, options);
  const result = await child.finally(() => stopper.end());
  if (options.signal?.aborted) throw interrupted(command);
  if (result.exitCode === undefined && result.signal === undefined) throw notStarted(command, result.cause);
  return {
    exitCode: result.exitCode,
    signal: result.signal,
    stdout: stdout.toString(),
    stderr: stderr.toString(),
    timedOut: stopper.timedOut,
  };
}

function programOptions({ cwd, env, input }: RunOptions) {
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    env,
    extendEnv: false,
    reject: false,
    buffer: false,
    windowsHide: true,
    // a group of its own, so that what it starts goes with it
    detached: platform() !== 'win32',
  } as const;
}

function interrupted(command: string): KitError {
  return new KitError('INTERRUPTED', `${command} was interrupted`);
}

function notStarted(command: string, cause: unknown): KitError {
  return new KitError('TOOL_MISSING', `${command} cannot be started: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
    hint: `install ${command} or put it on the PATH`,
  });
}

/** Ends the group when the time is up or the user interrupts: first politely, then for good. */
class Stopper {
  timedOut = false;
  readonly #pid: number | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(pid: number | undefined, { signal, timeoutMs }: RunOptions) {
    this.#pid = pid;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#stop);
    if (timeoutMs === undefined) return;
    const expire = () => {
      this.timedOut = true;
      this.#stop();
    };
    this.#timers.push(setTimeout(expire, timeoutMs));
  }

  readonly #stop = (): void => {
    const pid = this.#pid;
    if (pid === undefined) return;
    void killGroup(pid, 'SIGTERM');
    this.#timers.push(setTimeout(() => void killGroup(pid), politenessMs));
  };

  end(): void {
    this.#signal?.removeEventListener('abort', this.#stop);
    for (const timer of this.#timers) clearTimeout(timer);
    // what the program left behind in its group, holding no pipe of ours, ends when it was stopped
    if (this.#pid !== undefined && (this.timedOut || this.#signal?.aborted)) void killGroup(this.#pid);
  }
}

function collect(stream: Readable, onLine: (line: string) => void): CappedText {
  const text = new CappedText(outputLimit);
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + text.add(chunk)).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  return text;
}
