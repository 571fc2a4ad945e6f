// Flags of Node in every process that runs a job.
import { fileURLToPath } from 'node:url';
import { compiledModule } from '../../core/kit-version.ts';

/**
 * No threads, and nothing is optimised that is not run very often: what V8 compiles beside the plugin comes and goes in the heap that a
 * check measures, and takes the memory that a check leaves for the plugin alone.
 */
export const quietV8: readonly string[] = [
  '--single-threaded-gc',
  '--no-concurrent-recompilation',
  '--require',
  fileURLToPath(compiledModule('harness/jobs/ready-v8-entry.cjs')),
];
