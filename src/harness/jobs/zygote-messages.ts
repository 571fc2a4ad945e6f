// What the job runner and its zygote say to each other.

import type { Exit } from '../host/child-process.ts';
import type { CallRecord, CapturedOutput } from '../plugin-errors.ts';
import type { JobWord } from './job-channel.ts';
import type { JobOrder } from './run-job.ts';
import type { Use } from './use-once.ts';

/** To the zygote. */
export type ZygoteRequest =
  | { readonly kind: 'prepare'; readonly modules: readonly string[] | 'provided' }
  | { readonly kind: 'use'; readonly order: JobOrder }
  | { readonly kind: 'run'; readonly id: number; readonly order: JobOrder }
  | { readonly kind: 'kill' | 'idle'; readonly id: number };

/** How a job's process ended and what it had told. */
export interface JobEnd {
  readonly exit: Exit;
  /** What the job has told stands, whatever became of its process: that went on. */
  readonly isHeld?: boolean;
  readonly word: JobWord | undefined;
  readonly calls: readonly CallRecord[];
  readonly output: CapturedOutput;
}

/** From the zygote; `used` says what came of a use, `told` comes when the job's function has returned, `idle` when it was asked for, `ended` when its process is gone. */
export type ZygoteReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'prepared'; readonly error: string | undefined }
  | { readonly kind: 'used'; readonly use: Use }
  | { readonly kind: 'told'; readonly id: number }
  | { readonly kind: 'idle'; readonly id: number; readonly idleMs: number }
  | { readonly kind: 'ended'; readonly id: number; readonly end: JobEnd };
