// What the job runner and its part inside Wine say to each other: a line of JSON each.
import type { Job, JobOutcome } from '../job.ts';

/** To the part inside; when the connection ends, so does everything in there. */
export type WineRequest =
  | { readonly kind: 'start'; readonly slots: number; readonly fresh: boolean; readonly folder: string; readonly preload: string }
  | { readonly kind: 'run'; readonly id: number; readonly job: Job }
  | { readonly kind: 'close' };

/** From it; `token` shows that it is the one that was started. */
export type WineReply =
  | { readonly kind: 'here'; readonly token: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'ended'; readonly id: number; readonly outcome: JobOutcome }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string };

/** Calls `take` with each whole line of a stream, parsed. */
export function readLines<T>(stream: NodeJS.ReadableStream, take: (message: T) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(JSON.parse(line) as T);
  });
}
