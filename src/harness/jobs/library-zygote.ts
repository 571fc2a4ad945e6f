// A further zygote, which has used a plugin once: what came with the plugin is loaded and begun in there, the plugin itself is not.
import type { JobRunnerOptions, ReadyLibraries } from '../job.ts';
import type { OtherNode } from '../launcher.ts';
import type { JobOrder } from './run-job.ts';
import type { Use } from './use-once.ts';
import { Zygote } from './zygote.ts';

/** Ready, or found to be of no use, some time after it was made. */
export class LibraryZygote implements ReadyLibraries {
  readonly #zygote: Zygote;
  readonly #use: Promise<Use>;
  #closed: Promise<void> | undefined;

  constructor(modules: JobRunnerOptions['modules'], node: OtherNode | undefined, order: JobOrder, deadlineMs: number) {
    this.#zygote = new Zygote(modules, node);
    this.#use = this.#begin(order, deadlineMs);
  }

  get obstacle(): Promise<string | undefined> {
    return this.#use.then(({ obstacle }) => obstacle);
  }

  get value(): Promise<unknown> {
    return this.#use.then(({ value }) => value);
  }

  /** Waits until it is ready; undefined where no copies can be made of it. */
  async zygote(): Promise<Zygote | undefined> {
    return (await this.obstacle) === undefined && this.#zygote.alive ? this.#zygote : undefined;
  }

  close(): Promise<void> {
    const closed = this.#closed ?? this.#zygote.close();
    this.#closed = closed;
    return closed;
  }

  async #begin(order: JobOrder, deadlineMs: number): Promise<Use> {
    try {
      await this.#zygote.start();
      return await this.#zygote.use(order, deadlineMs);
    } catch (error) {
      return { obstacle: String(error) };
    }
  }
}
