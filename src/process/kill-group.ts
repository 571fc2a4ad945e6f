// Ends a process together with everything it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';

const taskkillMs = 5000;

/**
 * Sends a signal to the process group that `pid` leads and, on Linux, to descendants that have left it (Windows: ends the
 * whole tree, whatever the signal). One that is gone is no error. On Windows it resolves when taskkill is done.
 */
export async function killGroup(pid: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' = 'SIGKILL'): Promise<void> {
  if (platform() === 'win32') {
    const taskkill = spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true, timeout: taskkillMs });
    await once(taskkill, 'close').catch(() => undefined);
    return;
  }
  // found while the parents still live: an orphan is nobody's descendant
  const strays = descendants(pid);
  for (const target of [-pid, ...strays]) send(target, signal);
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // it is gone, or nobody of the group is left
  }
}

/** All descendants that the system lists; none where it has no such list. */
function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number));
  } catch {
    return [];
  }
}
