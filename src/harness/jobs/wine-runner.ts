// Runs jobs in a Windows Node under Wine: a part of the runner is in there and starts their processes, because their exit codes do not get out whole.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KitError } from '../../core/kit-error.ts';
import { compiledModule } from '../../core/kit-version.ts';
import { killGroup } from '../../process/kill-group.ts';
import type { Job, JobOutcome, JobRunner, JobRunnerOptions } from '../job.ts';
import type { Wine } from '../launcher.ts';
import { readLines, type WineReply, type WineRequest } from './wine-messages.ts';
import { readyPrefix, startWineProgram, wineFailed, winePath, wineUrl } from './wine-process.ts';
import { provideRandomBytes } from './wine-random-bytes.ts';

const startMs = 300_000;
const endMs = 10_000;

/** Starts the part inside Wine and waits until it is ready; `folder` is for all jobs. @throws {@link KitError} `PLATFORM_UNSUPPORTED`; `INTERRUPTED`. */
export async function startWine(wine: Wine, options: JobRunnerOptions, folder: string): Promise<JobRunner> {
  const log = join(folder, 'wine.log');
  await writeFile(log, '');
  const scratch = join(folder, 'jobs');
  await mkdir(scratch);
  const runner = new WineRunner(options.signal, folder, log);
  try {
    await readyPrefix(wine, log, options.signal);
    await provideRandomBytes(wine);
    await runner.start(wine, { slots: options.slots, fresh: options.fresh ?? false, folder: winePath(scratch) });
    return runner;
  } catch (error) {
    await runner.close();
    throw error;
  }
}

interface Waiting {
  resolve(outcome: JobOutcome): void;
  reject(error: Error): void;
}

class WineRunner implements JobRunner {
  readonly kind = 'shared';
  readonly #signal: AbortSignal | undefined;
  readonly #folder: string;
  readonly #log: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #server: Server = createServer();
  #process: ChildProcess | undefined;
  #socket: Socket | undefined;
  #over: KitError | undefined;
  #id = 0;

  constructor(signal: AbortSignal | undefined, folder: string, log: string) {
    this.#signal = signal;
    this.#folder = folder;
    this.#log = log;
    signal?.addEventListener('abort', this.#interrupt);
  }

  place(path: string): string {
    return winePath(path);
  }

  /** Starts the part inside, takes its connection and tells it how to work. */
  async start(wine: Wine, how: Pick<Extract<WineRequest, { kind: 'start' }>, 'slots' | 'fresh' | 'folder'>): Promise<void> {
    const token = randomBytes(16).toString('hex');
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const preload = wineUrl(compiledModule('harness/jobs/foreign-koffi-entry.js').href);
    const ready = this.#connection(token, { kind: 'start', ...how, preload });
    const entry = winePath(fileURLToPath(compiledModule('harness/jobs/wine-entry.js')));
    this.#process = startWineProgram(wine, [wine.node, entry, String(port), token], this.#log);
    const ended = once(this.#process, 'exit').catch(() => undefined);
    void ended.then(() => this.#end(wineFailed('the jobs’ process in Wine ended', this.#log)));
    let late: NodeJS.Timeout | undefined;
    const failed = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(wineFailed('Wine did not start in time', this.#log)), startMs);
      void ended.then(() => reject(this.#over));
    });
    await Promise.race([ready, failed]).finally(() => clearTimeout(late));
  }

  run(job: Job): Promise<JobOutcome> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const id = ++this.#id;
    const placed = { ...job, module: wineUrl(job.module), ...(job.uses === undefined ? {} : { uses: job.uses.map(wineUrl) }) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#say({ kind: 'run', id, job: placed });
    });
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#interrupt);
    const inside = this.#process;
    if (inside?.pid !== undefined && inside.exitCode === null && inside.signalCode === null) {
      const { pid } = inside;
      const late = setTimeout(() => void killGroup(pid), endMs);
      const gone = once(inside, 'exit').catch(() => undefined);
      this.#say({ kind: 'close' });
      this.#socket?.end();
      if (this.#socket === undefined) void killGroup(pid);
      await gone;
      clearTimeout(late);
    }
    this.#socket?.destroy();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  readonly #interrupt = (): void => {
    this.#end(new KitError('INTERRUPTED', 'the work with the plugin was interrupted'));
    this.#socket?.destroy();
  };

  /** Resolves when the part inside is ready; any other caller is sent away. */
  #connection(token: string, start: WineRequest): Promise<void> {
    return new Promise((resolve) => {
      this.#server.on('connection', (socket) => {
        socket.on('error', () => undefined);
        readLines(socket, (reply: WineReply) => {
          if (reply.kind === 'here' && reply.token === token) {
            this.#socket = socket;
            this.#say(start);
          } else if (socket !== this.#socket) socket.destroy();
          else if (reply.kind === 'ready') resolve();
          else this.#take(reply);
        });
      });
    });
  }

  #take(reply: WineReply): void {
    if (reply.kind !== 'ended' && reply.kind !== 'failed') return;
    const job = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'ended') job?.resolve(reply.outcome);
    else job?.reject(new Error(reply.error));
  }

  #end(error: KitError): void {
    this.#over ??= error;
    for (const job of this.#waiting.values()) job.reject(this.#over);
    this.#waiting.clear();
  }

  #say(request: WineRequest): void {
    this.#socket?.write(`${JSON.stringify(request)}\n`);
  }
}
