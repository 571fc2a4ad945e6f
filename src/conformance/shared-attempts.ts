// What is made in processes that others share counts only where nothing at all is found in them.
import type { JobOutcome } from '../harness/job.ts';

/**
 * Attempts in processes that others share. As soon as one of them tells of trouble, none counts: its cause may lie in any other, and the
 * others may have overlooked what they would have found alone.
 */
export class SharedAttempts {
  readonly #isTroubled: (outcome: JobOutcome) => boolean;
  #open = 0;
  #isOver = false;
  #end: () => void = () => undefined;
  readonly #ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(isTroubled: (outcome: JobOutcome) => boolean) {
    this.#isTroubled = isTroubled;
  }

  /** Whether one has told of trouble. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * What was made, when all attempts that are under way have been made, too; undefined where it must be made alone. What was not made in a
   * process that others share counts in any case, and is returned at once.
   */
  async attempt(make: () => Promise<JobOutcome | undefined>): Promise<JobOutcome | undefined> {
    const outcome = await this.#under(make);
    if (!outcome?.isShared) return outcome;
    await this.#ended;
    return this.#isOver ? undefined : outcome;
  }

  async #under(make: () => Promise<JobOutcome | undefined>): Promise<JobOutcome | undefined> {
    this.#open += 1;
    try {
      const outcome = await make();
      if (outcome?.isShared && this.#isTroubled(outcome)) this.#isOver = true;
      return outcome;
    } finally {
      this.#open -= 1;
      if (this.#open === 0 || this.#isOver) this.#end();
    }
  }
}
