// A Node process of the harness that a plugin may take down: started as the leader of its own group, watched, killed with all it started.
import { type ChildProcess, fork } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { constants, platform } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CappedText } from '../../process/capped-text.ts';
import { childEnvironment } from '../../process/child-environment.ts';
import { killGroup } from '../../process/kill-group.ts';
import type { OtherNode } from '../launcher.ts';
import type { CapturedOutput, Ending } from '../plugin-errors.ts';

/** How to start one. */
export interface ChildOptions {
  readonly cwd?: string | undefined;
  /** The whole environment; default is the parent's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly args?: readonly string[];
  /** Those of Node itself. */
  readonly execArgv?: readonly string[];
  /** Starts it in another Node than this one. */
  readonly node?: OtherNode | undefined;
  /** Descriptors, or 'pipe', that the child gets as 4, 5, …; 3 is its message channel. */
  readonly extra?: readonly (number | 'pipe')[];
}

/** How it ended, not knowing why: the signal or the exit code. */
export type Exit = Exclude<Ending, { kind: 'hung' }>;

const outputLimit = 64 * 1024;
const drainMs = 200;

/** Starts entries of this folder's neighbours and knows how they end. */
export class WatchedChild {
  readonly child: ChildProcess;
  /** Resolves when the process is gone, its group killed and its output read; never rejects. */
  readonly ended: Promise<Exit>;
  readonly #stdout = new CappedText(outputLimit);
  readonly #stderr = new CappedText(outputLimit);

  /** `entry` is the file URL of a compiled entry. Fails through {@link ended} when it cannot be started. */
  constructor(entry: URL, { cwd, env, args = [], execArgv = [], node, extra = [] }: ChildOptions) {
    this.child = fork(fileURLToPath(entry), args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: childEnvironment(env),
      ...(node === undefined ? {} : { execPath: node.execPath }),
      execArgv: [...(node?.execArgv ?? []), ...execArgv],
      serialization: 'advanced',
      detached: platform() !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', ...extra],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => this.#stdout.add(chunk));
    this.child.stderr?.on('data', (chunk: Buffer) => this.#stderr.add(chunk));
    this.child.on('error', () => undefined); // what cannot be started or reached has ended, and that is seen below
    this.ended = this.#watch();
  }

  /** What it wrote so far, capped. */
  get output(): CapturedOutput {
    return { stdout: this.#stdout.toString(), stderr: this.#stderr.toString() };
  }

  /** Sends a message; one to a process that is gone is dropped. */
  send(message: object): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Kills it with everything it started, and waits until it is gone. */
  async kill(): Promise<Exit> {
    if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      await killGroup(this.child.pid);
      if (platform() === 'win32') this.child.kill('SIGKILL'); // a taskkill that knows no trees, as Wine's, refuses the whole
    }
    return this.ended;
  }

  async #watch(): Promise<Exit> {
    // its last message may arrive after the news of its end; Node tells no 'close' of a child that its parent disconnected from
    const streams = this.child.stdio.filter((stream) => stream !== null && stream !== undefined);
    const drained = Promise.all([happens(this.child, 'disconnect'), ...streams.map((stream) => happens(stream, 'close'))]);
    const [code, signal] = await exitOf(this.child);
    // what the plugin started may live on and hold the pipes
    if (this.child.pid !== undefined && platform() !== 'win32') await killGroup(this.child.pid);
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
    for (const stream of this.child.stdio) (stream as Readable | null)?.destroy();
    return describeExit(code, signal);
  }
}

function happens(emitter: EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => emitter.once(event, () => resolve()));
}

async function exitOf(child: ChildProcess): Promise<[number | null, string | null]> {
  try {
    return (await once(child, 'exit')) as [number | null, string | null];
  } catch {
    return [127, null]; // it could not be started at all
  }
}

/** Deaths that Windows reports as exit codes. */
const windowsDeaths: Readonly<Record<number, string>> = {
  3221225477: 'access violation 0xC0000005',
  3221225725: 'stack overflow 0xC00000FD',
  3221226356: 'heap corruption 0xC0000374',
  3221226505: 'fail-fast 0xC0000409',
  3221225501: 'illegal instruction 0xC000001D',
  3221225620: 'division by zero 0xC0000094',
  3: 'abort, exit code 3',
};

/** Names how a process ended from what the system reports. */
export function describeExit(code: number | null, signal: string | null): Exit {
  if (signal !== null) return { kind: 'crashed', signal };
  if (platform() !== 'win32') return { kind: 'exited', code: code ?? -1 };
  const death =
    windowsDeaths[code ?? -1] ?? ((code ?? 0) >= 0xc0000000 ? `exception 0x${(code ?? 0).toString(16).toUpperCase()}` : undefined);
  return death === undefined ? { kind: 'exited', code: code ?? -1 } : { kind: 'crashed', signal: death };
}

/** Name of a signal by its number, "signal 40" for one without. */
export function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
