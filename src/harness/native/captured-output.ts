// Catches what a piece of work writes to standard output and error, buffered text of the C library included (POSIX).
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import { PlatformCannot } from '../platform-cannot.ts';
import type { CapturedOutput } from '../plugin-errors.ts';
import { systemFunction } from './c-functions.ts';

const streams = { stdout: 1, stderr: 2 } as const;

/** What `work` gives and what was written meanwhile, through files in `folder`. @throws PlatformCannot on Windows. */
export function captureOutput<T>(folder: string, work: () => T): { value: T; output: CapturedOutput } {
  if (platform() === 'win32') throw new PlatformCannot('way to catch what a call writes to the standard streams');
  const dup = systemFunction<(descriptor: number) => number>('dup', 'int', ['int']);
  const dup2 = systemFunction<(from: number, to: number) => number>('dup2', 'int', ['int', 'int']);
  const flush = systemFunction<(stream: null) => number>('fflush', 'int', ['void *']);
  const paths = { stdout: `${folder}/stdout`, stderr: `${folder}/stderr` };
  flush(null);
  const kept = Object.entries(streams).map(([name, descriptor]) => {
    const own = dup(descriptor);
    const file = openSync(paths[name as keyof typeof paths], 'w');
    dup2(file, descriptor);
    closeSync(file);
    return { own, descriptor };
  });
  try {
    const value = work();
    flush(null);
    return { value, output: { stdout: readFileSync(paths.stdout, 'utf8'), stderr: readFileSync(paths.stderr, 'utf8') } };
  } finally {
    for (const { own, descriptor } of kept) {
      dup2(own, descriptor);
      closeSync(own);
    }
    for (const path of Object.values(paths)) rmSync(path, { force: true });
  }
}
