// What a process uses when its work is done.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 3;
const idleMs = 300;

/** CPU time in ms of all threads of a process in the 300 ms after a piece of work, least of three times: Node's own work comes and goes. */
export async function cpuAfter(pid: number, work: () => Promise<unknown>): Promise<number> {
  const used: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    await work();
    const before = cpuMs(pid);
    await sleep(idleMs);
    used.push(cpuMs(pid) - before);
  }
  return Math.min(...used);
}

/** The first number of a thread's schedstat is its time on a core, in ns. */
function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]));
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}
