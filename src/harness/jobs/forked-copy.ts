// One forked copy as the zygote sees it: reads what it writes, and knows when it has ended.
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { CappedText } from '../../process/capped-text.ts';
import { describeExit, signalName } from '../host/child-process.ts';
import { closeDescriptor, type Reaped } from '../native/fork.ts';
import { completedExit, JobReader } from './job-channel.ts';
import type { JobOrder } from './run-job.ts';
import type { JobEnd } from './zygote-messages.ts';

/** The zygote's ends of a copy's standard output, standard error, channel and orders. */
export interface Pipes {
  readonly stdout: number;
  readonly stderr: number;
  readonly channel: number;
  readonly orders: number;
}

const outputLimit = 64 * 1024;
const drainMs = 200;
/** What a job leaves of itself in memory adds up. */
const mostJobs = 12;

/** The zygote's ends that are open: a copy has no use for them. */
export const openEnds = new Set<number>();

/** Does one job, or one after the other; collects until the pipes are closed. */
export class ForkedCopy {
  readonly pid: number;
  readonly #stdout = new CappedText(outputLimit);
  readonly #stderr = new CappedText(outputLimit);
  readonly #orders: number;
  readonly #drained: Promise<unknown>;
  readonly #sockets: Socket[] = [];
  #reader = new JobReader();
  #jobs = 1;
  #isDismissed = false;

  constructor(pid: number, pipes: Pipes, onTold: () => void) {
    this.pid = pid;
    this.#orders = pipes.orders;
    openEnds.add(pipes.orders);
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

  /** Whether its job has left nothing behind. */
  get isFree(): boolean {
    return this.#reader.isFree;
  }

  /** Whether it can do another job. */
  get isFresh(): boolean {
    return this.#jobs < mostJobs;
  }

  /** Gives a free one the next job. */
  give(order: JobOrder): void {
    this.#jobs += 1;
    this.#reader = new JobReader();
    try {
      writeSync(this.#orders, `${JSON.stringify(order)}\n`);
    } catch {
      // it has died while it waited, which its end will tell
    }
  }

  /** Lets a free one end. */
  dismiss(): void {
    if (this.#isDismissed) return;
    this.#isDismissed = true;
    openEnds.delete(this.#orders);
    closeDescriptor(this.#orders);
  }

  /** What the job of one that is free has told. */
  get freeEnd(): JobEnd {
    const { word, calls } = this.#reader;
    return { exit: { kind: 'exited', code: completedExit }, word, calls, output: this.#output };
  }

  /** Everything it left behind, once it was reaped and its group killed. */
  async end({ code, signal }: Reaped): Promise<JobEnd> {
    this.dismiss();
    await Promise.race([this.#drained, new Promise((resolve) => setTimeout(resolve, drainMs))]);
    for (const socket of this.#sockets) socket.destroy();
    const { word, calls } = this.#reader;
    return { exit: describeExit(code ?? null, signal === undefined ? null : signalName(signal)), word, calls, output: this.#output };
  }

  get #output(): JobEnd['output'] {
    return { stdout: this.#stdout.toString(), stderr: this.#stderr.toString() };
  }

  #read(fd: number, take: (chunk: Buffer) => void): Promise<void> {
    const socket = new Socket({ fd, readable: true, writable: false });
    this.#sockets.push(socket);
    openEnds.add(fd);
    socket.on('data', take);
    return new Promise((resolve) => {
      socket.on('close', () => {
        openEnds.delete(fd);
        resolve();
      });
      socket.on('error', () => resolve());
    });
  }
}
