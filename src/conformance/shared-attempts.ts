// What is made in processes that others share counts only where nothing at all is found, in these and in all others.
import type { JobOutcome } from '../harness/job.ts';

/**
 * Attempts in processes that others share. As soon as anything tells of trouble, none of them counts: its cause may lie in any other, and
 * the others may have overlooked what they would have found alone.
 */
export class SharedAttempts {
  readonly #isTroubled: (outcome: JobOutcome) => boolean;
  #open = 0;
  #isOver = false;
  #end: () => void = () => undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(isTroubled: (outcome: JobOutcome) => boolean) {
    this.#isTroubled = isTroubled;
  }

  /** Whether anything has told of trouble. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * What was made, when all that is under way has been made, too; undefined where it must be made alone. What was not made in a process that
   * others share counts in any case, and is returned at once.
   */
  async attempt(make: () => Promise<JobOutcome | undefined>): Promise<JobOutcome | undefined> {
    const outcome = await this.beside(make, (made) => made?.isShared === true && this.#isTroubled(made));
    if (!outcome?.isShared) return outcome;
    await this.#ended;
    return this.#isOver ? undefined : outcome;
  }

  /** What is made alone counts in any case; the attempts do not where it is troubled. */
  async beside<T>(make: () => Promise<T>, isTroubled: (made: T) => boolean): Promise<T> {
    this.#begin();
    try {
      const made = await make();
      if (isTroubled(made)) this.#isOver = true;
      return made;
    } finally {
      this.#open -= 1;
      if (this.#open === 0 || this.#isOver) this.#end();
    }
  }

  #begin(): void {
    if (this.#open === 0)
      this.#ended = new Promise((resolve) => {
        this.#end = resolve;
      });
    this.#open += 1;
  }
}
