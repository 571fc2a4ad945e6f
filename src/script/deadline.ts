// The time that one inspection may take, looked at between its parts.
import { KitError } from '../core/kit-error.ts';

/** When an inspection must have ended. */
export class Deadline {
  readonly #app: string;
  readonly #limitMs: number;
  readonly #end: number;

  /** It begins now; `app` is for messages. */
  constructor(app: string, limitMs: number) {
    this.#app = app;
    this.#limitMs = limitMs;
    this.#end = performance.now() + limitMs;
  }

  /** Milliseconds that are left, at least one. */
  get leftMs(): number {
    return Math.max(1, this.#end - performance.now());
  }

  /** `INFER_FAILED` when the time was over after `what`. */
  require(what: string): void {
    if (performance.now() <= this.#end) return;
    throw new KitError('INFER_FAILED', `${this.#app} took longer than ${this.#limitMs} ms: ${what} was not done in time`, {
      hint: 'give it longer by --timeout, or make the picture smaller in the first transform',
    });
  }
}
