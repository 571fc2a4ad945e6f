// An Io for tests that call the library: nobody to ask, and everything printed is kept.
import type { Io } from '../src/core/io.ts';

export interface TestIo extends Io {
  readonly printed: string[];
  readonly said: string[];
}

/** An Io in `cwd`; `rest` replaces parts of it. */
export function testIo(cwd: string, rest: Partial<Io> = {}): TestIo {
  const printed: string[] = [];
  const said: string[] = [];
  return {
    cwd,
    env: process.env,
    signal: new AbortController().signal,
    interactive: false,
    colour: false,
    print: (line) => printed.push(line),
    progress: (line) => said.push(line),
    status: () => undefined,
    printed,
    said,
    ...rest,
  };
}
