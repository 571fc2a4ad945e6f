// The lines that a job writes while it runs, and what can be told from them when it has ended, however it ended.

import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { StringDecoder } from 'node:string_decoder';
import type { CallRecord } from '../plugin-errors.ts';

/** Exit code of a job that has told its result; a plugin that ends the process uses another. */
export const completedExit = 93;

/** What a job has to say at its end. */
export type JobWord = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'broken'; readonly error: string };

const keptCalls = 16;
const argumentLimit = 1000;
const bytesPerUnit = 3; // of UTF-8 for a unit of UTF-16, at most

/** Takes a line, at once: its bytes are used again for the next. */
export type LineSink = (bytes: Buffer) => void;

/** A sink that has written each line to a descriptor before anything else happens. */
export function descriptorSink(descriptor: number): LineSink {
  return (bytes) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  };
}

/** The writing end, in the job's process. */
export class JobWriter {
  readonly #sink: LineSink;
  /** One for all short lines: fresh ones would lie in the heap whose growth jobs measure. */
  readonly #buffer = Buffer.allocUnsafeSlow(8192);
  #number = 0;
  #words = '';

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  /** Words to follow the next call's arguments. */
  annotate(words: string): void {
    this.#words = words;
  }

  call(name: CallRecord['function'], words: string): void {
    const described = [words, this.#words].filter((part) => part !== '').join(', ');
    this.#words = '';
    this.#number += 1;
    this.#line('C', JSON.stringify([this.#number, name, described.slice(0, argumentLimit)]));
  }

  returned(): void {
    this.#line('A');
  }

  reading(): void {
    this.#line('R');
  }

  end(word: JobWord): void {
    if (word.kind === 'value') this.#line('V', JSON.stringify(word.value ?? null));
    else this.#line('E', JSON.stringify(word.error));
  }

  /** The grace time is over and the process goes on: what the job has told stands. */
  held(): void {
    this.#line('H');
  }

  /** Nothing of the job is left in the process. */
  free(): void {
    this.#line('F');
  }

  #line(kind: string, rest = ''): void {
    const line = `${kind}${rest}\n`;
    const isShort = line.length * bytesPerUnit <= this.#buffer.length;
    this.#sink(isShort ? this.#buffer.subarray(0, this.#buffer.write(line)) : Buffer.from(line));
  }
}

/** The reading end. */
export class JobReader {
  readonly calls: CallRecord[] = [];
  word: JobWord | undefined;
  /** Whether the process goes on although the job is over, and whether it waits for the next one. */
  isHeld = false;
  isFree = false;
  #heardAt = performance.now();
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  /** Milliseconds since a call began or returned, or since this was made. */
  get idleMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** Takes a piece of the stream; true when the job has told its end in it. */
  add(chunk: Buffer): boolean {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    if (lines.length > 0) this.#heardAt = performance.now();
    const before = this.word;
    for (const line of lines) this.#take(line.charAt(0), line.slice(1));
    return before === undefined && this.word !== undefined;
  }

  #take(kind: string, rest: string): void {
    if (kind === 'C') this.#begin(JSON.parse(rest));
    else if (kind === 'A') this.#setPhase('after');
    else if (kind === 'R') this.#setPhase('reading');
    else if (kind === 'V') this.word = { kind: 'value', value: JSON.parse(rest) };
    else if (kind === 'E') this.word = { kind: 'broken', error: JSON.parse(rest) };
    else if (kind === 'H') this.isHeld = true;
    else if (kind === 'F') this.isFree = true;
  }

  #begin([number, name, words]: [number, CallRecord['function'], string]): void {
    this.calls.push({ number, function: name, arguments: words, phase: 'inside' });
    if (this.calls.length > keptCalls) this.calls.shift();
  }

  #setPhase(phase: CallRecord['phase']): void {
    const last = this.calls.pop();
    if (last !== undefined) this.calls.push({ ...last, phase });
  }
}
