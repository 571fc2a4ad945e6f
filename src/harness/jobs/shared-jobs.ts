// Lets a process do one job after the other, where starting one costs more than a job does.
import { type FreshOptions, JobProcess, type RunningJob } from './fresh-jobs.ts';
import type { JobOrder } from './run-job.ts';

/** What a job leaves of itself in a process adds up. */
const mostJobs = 50;

interface Server {
  readonly process: JobProcess;
  jobs: number;
}

/** Processes that are kept for the next job, until a job ends them or leaves its plugin behind. */
export class SharedProcesses {
  readonly #options: FreshOptions;
  readonly #free: Server[] = [];
  readonly #all = new Set<JobProcess>();

  constructor(options: FreshOptions) {
    this.#options = options;
  }

  /** Runs a job in a process that is free, or in a new one. */
  run(order: JobOrder): RunningJob {
    const server = this.#free.pop() ?? this.#start();
    server.jobs += 1;
    const running = server.process.give({ ...order, leave: server.jobs < mostJobs ? 'stay' : 'at once' });
    void running.ended.then(() => {
      if (server.process.isFree) this.#free.push(server);
    });
    return running;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#free.length = 0;
    await Promise.all(
      [...this.#all].map((process) => {
        process.kill();
        return process.ended;
      }),
    );
  }

  #start(): Server {
    const process = new JobProcess(this.#options);
    this.#all.add(process);
    void process.ended.then(() => {
      this.#all.delete(process);
      const at = this.#free.findIndex((server) => server.process === process);
      if (at >= 0) this.#free.splice(at, 1);
    });
    return { process, jobs: 0 };
  }
}
