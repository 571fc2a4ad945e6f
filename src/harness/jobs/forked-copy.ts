// One forked copy as the zygote sees it: reads what it writes, and knows when it has ended.
import { Socket } from 'node:net';
import { CappedText } from '../../process/capped-text.ts';
import { describeExit, signalName } from '../host/child-process.ts';
import type { Reaped } from '../native/fork.ts';
import { JobReader } from './job-channel.ts';
import type { JobEnd } from './zygote-messages.ts';

/** Reading ends of a copy's standard output, standard error and channel. */
export interface Pipes {
  readonly stdout: number;
  readonly stderr: number;
  readonly channel: number;
}

const outputLimit = 64 * 1024;
const drainMs = 200;

/** Every reading end that is open: a copy has no use for them. */
export const openReadingEnds = new Set<number>();

/** Collects until the pipes are closed. */
export class ForkedJob {
  readonly pid: number;
  readonly #stdout = new CappedText(outputLimit);
  readonly #stderr = new CappedText(outputLimit);
  readonly #reader = new JobReader();
  readonly #drained: Promise<unknown>;
  readonly #sockets: Socket[] = [];

  constructor(pid: number, pipes: Pipes, onTold: () => void) {
    this.pid = pid;
    this.#drained = Promise.all([
      this.#read(pipes.stdout, (chunk) => void this.#stdout.add(chunk)),
      this.#read(pipes.stderr, (chunk) => void this.#stderr.add(chunk)),
      this.#read(pipes.channel, (chunk) => {
        if (this.#reader.add(chunk)) onTold();
      }),
    ]);
  }

  /** Milliseconds since a call began or returned. */
  get idleMs(): number {
    return this.#reader.idleMs;
  }

  /** Everything it left behind, once it was reaped and its group killed. */
  async end({ code, signal }: Reaped): Promise<JobEnd> {
    await Promise.race([this.#drained, new Promise((resolve) => setTimeout(resolve, drainMs))]);
    for (const socket of this.#sockets) socket.destroy();
    return {
      exit: describeExit(code ?? null, signal === undefined ? null : signalName(signal)),
      word: this.#reader.word,
      calls: this.#reader.calls,
      output: { stdout: this.#stdout.toString(), stderr: this.#stderr.toString() },
    };
  }

  #read(fd: number, take: (chunk: Buffer) => void): Promise<void> {
    const socket = new Socket({ fd, readable: true, writable: false });
    this.#sockets.push(socket);
    openReadingEnds.add(fd);
    socket.on('data', take);
    return new Promise((resolve) => {
      socket.on('close', () => {
        openReadingEnds.delete(fd);
        resolve();
      });
      socket.on('error', () => resolve());
    });
  }
}
