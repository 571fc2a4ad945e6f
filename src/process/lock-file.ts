// One process at a time: a file with the number of its owner; that of a process that died is taken over.
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stagingPath, writeError } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';

const pauseMs = 50;
const forgottenMs = 5000;

/** How to wait. */
export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for another process; default two minutes. */
  readonly patienceMs?: number;
}

/**
 * Waits for the lock that a file stands for; disposing frees it.
 *
 * @throws {@link KitError} `WRITE_FAILED` when another process keeps it too long or the folder cannot be written, `INTERRUPTED`.
 */
export async function lockFile(path: string, { signal, patienceMs = 120_000 }: LockOptions = {}): Promise<AsyncDisposable> {
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw writeError(dirname(path), cause);
  });
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    if (await isTaken(path)) return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    const owner = await ownerOf(path);
    if (owner === undefined ? await isForgotten(path) : !isAlive(owner)) await free(path, owner);
    else if (waitedMs >= patienceMs) throw stillKept(path, owner, patienceMs);
    await sleep(pauseMs);
  }
}

function stillKept(path: string, owner: number | undefined, patienceMs: number): KitError {
  return new KitError('WRITE_FAILED', `process ${owner ?? '(unknown)'} has held it for more than ${patienceMs / 1000} s`, {
    thing: path,
    hint: 'wait for that process to end; if it does nothing of the kind, remove the file',
  });
}

async function isTaken(path: string): Promise<boolean> {
  const file = await open(path, 'wx').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') return undefined;
    throw writeError(path, cause);
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(String(process.pid)).finally(() => file.close());
    return true;
  } catch (cause) {
    await rm(path, { force: true });
    throw writeError(path, cause);
  }
}

/** Undefined while its owner has not written its number yet, or when it is gone. */
async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether it has been there for a while and nobody wrote a number into it: its owner died between the two. */
async function isForgotten(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > forgottenMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Takes the lock of a dead process away: by a rename, which only one of several gets. A lock that is not the dead one's any more is put back. */
async function free(path: string, dead: number | undefined): Promise<void> {
  const aside = stagingPath(path);
  try {
    await rename(path, aside);
  } catch {
    return; // somebody else was first
  }
  if ((await ownerOf(aside)) === dead) await rm(aside, { force: true });
  else await rename(aside, path);
}
