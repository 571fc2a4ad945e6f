// What a plugin's host uses while nobody asks it for anything.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginHost } from '../src/harness/plugin-host.ts';
import type { Frame } from '../src/image/frame.ts';

const attempts = 3;
const idleMs = 300;

/** CPU time in ms of all threads of the host's process in the 300 ms after an inspection, least of three times: Node's own work comes and goes. */
export async function cpuAfterInspection(host: PluginHost, frame: Frame): Promise<number> {
  const used: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    await host.infer(frame);
    const before = cpuMs(host.pid);
    await sleep(idleMs);
    used.push(cpuMs(host.pid) - before);
  }
  return Math.min(...used);
}

/** The first number of a thread's schedstat is its time on a core, in ns. */
function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const times = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]));
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}
