// Ends a process together with everything it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:os';

/**
 * Kills the process group that `pid` leads (Windows: its tree of processes) without asking. One that is gone is no error.
 * On Windows it resolves when taskkill is done.
 */
export async function killGroup(pid: number, signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' = 'SIGKILL'): Promise<void> {
  if (platform() === 'win32') {
    const taskkill = spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    await once(taskkill, 'close').catch(() => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // nobody of the group is left
  }
}
