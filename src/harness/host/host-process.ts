// The parent's side of one isolated plugin: asks, keeps deadlines, and says how and where the plugin died.

import { closeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, errorCodes, KitError } from '../../core/kit-error.ts';
import { compiledModule } from '../../core/kit-version.ts';
import { type CallRecord, describeEnding, type Ending, PluginDeath, PluginFailure } from '../plugin-errors.ts';
import { type ChildOptions, type Exit, WatchedChild } from './child-process.ts';
import { type Answers, decodeEntry, type Refusal, type Reply, type Request } from './messages.ts';
import { journalBytes, openSharedFile, readAll } from './shared-file.ts';

/** A crash on a background thread shows within this time after a call has returned. */
const graceMs = 50;
const startMs = 30_000;

interface Pending {
  readonly id: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A child with at most one request under way. */
export class HostProcess {
  readonly file: number;
  readonly #library: string;
  readonly #child: WatchedChild;
  readonly #signal: AbortSignal | undefined;
  readonly #ready: Promise<void>;
  #settleReady: { resolve(): void; reject(error: Error): void } = { resolve: () => undefined, reject: () => undefined };
  #pending: Pending | undefined;
  #id = 0;
  #last: CallRecord | undefined;
  #calls = 0;
  #lastAnswerAt = 0;
  #hungMs: number | undefined;
  #end: Error | undefined;
  #isReady = false;
  /** Whether a caller has been told how the child ended. */
  #told = false;

  constructor(library: string, options: ChildOptions & { signal?: AbortSignal | undefined }) {
    this.#library = library;
    this.#signal = options.signal;
    this.file = openSharedFile();
    this.#child = new WatchedChild(compiledModule('harness/host/host-entry.js'), { ...options, extra: [this.file] });
    this.#child.child.on('message', (reply: Reply) => this.#take(reply));
    this.#signal?.addEventListener('abort', this.#abort);
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    void this.#ready.catch(() => undefined); // whoever opens the plugin asks for it again
    void this.#child.ended.then((exit) => this.#died(exit));
  }

  get pid(): number {
    return this.#child.child.pid ?? -1;
  }

  get alive(): boolean {
    return this.#end === undefined;
  }

  /** Throws what ended the child. */
  demandAlive(): void {
    if (this.#end === undefined) return;
    this.#told = true;
    throw this.#end;
  }

  /** Resolves when the child takes requests. */
  async started(): Promise<void> {
    const late = setTimeout(() => void this.#child.kill(), startMs);
    await this.#ready.finally(() => clearTimeout(late));
  }

  /** Sends one request and waits for its answer, at most `deadlineMs`. */
  async ask<C extends Request['call']>(request: Request & { readonly call: C }, deadlineMs: number): Promise<Answers[C]> {
    this.demandAlive();
    const id = ++this.#id;
    const hang = setTimeout(() => {
      this.#hungMs = deadlineMs;
      void this.#child.kill();
    }, deadlineMs);
    try {
      const answer = new Promise<unknown>((resolve, reject) => {
        this.#pending = { id, resolve, reject };
      });
      this.#child.send({ ...request, id, deadlineMs });
      return (await answer) as Answers[C];
    } finally {
      clearTimeout(hang);
      this.#pending = undefined;
      this.#lastAnswerAt = performance.now();
    }
  }

  /** Ends the child. Rejects when it had died, and no call has said so yet, or dies in the grace time after its last answer. */
  async end(): Promise<void> {
    const rest = graceMs - (performance.now() - this.#lastAnswerAt);
    if (this.#end === undefined && rest > 0 && this.#calls > 0) await Promise.race([sleep(rest), this.#child.ended]);
    const found = this.#end;
    this.#end ??= new KitError('STATE_INVALID', `${this.#library} is closed`);
    this.#signal?.removeEventListener('abort', this.#abort);
    await this.#child.kill();
    if (found !== undefined && !this.#told) throw found;
  }

  readonly #abort = (): void => {
    this.#end ??= new KitError('INTERRUPTED', `the work with ${this.#library} was interrupted`);
    void this.#child.kill();
  };

  #take(reply: Reply): void {
    if (reply.kind === 'ready') {
      this.#isReady = true;
      this.#settleReady.resolve();
      return;
    }
    this.#last = reply.last;
    this.#calls = reply.calls;
    if (reply.id !== this.#pending?.id) return;
    if (reply.kind === 'answer') this.#pending.resolve(reply.value);
    else this.#pending.reject(errorOf(reply.refusal));
  }

  #died(exit: Exit): void {
    this.#signal?.removeEventListener('abort', this.#abort);
    const ending: Ending = this.#hungMs === undefined ? exit : { kind: 'hung', ms: this.#hungMs };
    this.#end ??= this.#isReady
      ? new PluginDeath(this.#library, ending, this.#callAtDeath(), this.#child.output)
      : new Error(`the host process did not start: ${describeEnding(ending)}; ${this.#child.output.stderr}`);
    closeSync(this.file);
    this.#told ||= this.#pending !== undefined || !this.#isReady;
    this.#settleReady.reject(this.#end);
    this.#pending?.reject(this.#end);
  }

  /** The journal's call, unless that one had been answered already. */
  #callAtDeath(): CallRecord | undefined {
    const page = new Uint8Array(journalBytes);
    readAll(this.file, page, 0);
    const entry = decodeEntry(page);
    if (entry !== undefined && entry.number > this.#calls) return entry;
    return this.#last && { ...this.#last, phase: 'after' };
  }
}

function errorOf(refusal: Refusal): Error {
  if (refusal.kind === 'failure') return new PluginFailure(refusal.function, refusal.returned, refusal.text, refusal.hasErrorText);
  const { code, message, hint } = refusal;
  if (code === undefined || !Object.hasOwn(errorCodes, code)) return new Error(`in the host process: ${message}`);
  return new KitError(code as ErrorCode, message, hint === undefined ? {} : { hint });
}
