// Ends its process when that needs more memory than it may: a thread beside the one that a model holds.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { beyondMemory } from './model-messages.ts';

/** A process that takes memory as fast as it can gets some 100 MiB between two looks. */
const lookEveryMs = 25;
const limitMb = Number(workerData);

setInterval(() => {
  if (process.memoryUsage.rss() <= limitMb * 2 ** 20) return;
  writeSync(2, beyondMemory);
  process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
