// Starts programs in a Windows of the kit's own, never in the user's.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isThere } from '../../core/is-there.ts';
import { KitError } from '../../core/kit-error.ts';
import { killGroup } from '../../process/kill-group.ts';
import type { Wine } from '../launcher.ts';

const longestSetup = 600_000;

/** A path of this machine as Wine's programs spell it: its drive Z: is the root folder. */
export function winePath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** A file URL of this machine as Wine's programs spell it. */
export function wineUrl(url: string): string {
  return url.replace(/^file:\/\/\//, 'file:///Z:/');
}

/** Starts a program in a group of its own; what it writes goes to a file, since Windows programs cannot use pipes from outside. */
export function startWineProgram({ execPath, prefix, env }: Wine, args: readonly string[], log: string): ChildProcess {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, NODE_OPTIONS: _options, LD_PRELOAD: _preload, ...own } = env;
  const output = openSync(log, 'a');
  try {
    return spawn(execPath, args, {
      // no offer to install .NET and a browser; no messages of Wine's own
      env: { ...own, WINEPREFIX: prefix, WINEDLLOVERRIDES: 'mscoree,mshtml=', WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' },
      stdio: ['ignore', output, output],
      detached: true,
    });
  } finally {
    closeSync(output);
  }
}

/**
 * Makes the Windows where it is not there yet: beside its place, and then moves it, so that half a one is never used.
 *
 * @throws {@link KitError} `PLATFORM_UNSUPPORTED` with Wine's last words; `INTERRUPTED`.
 */
export async function readyPrefix(wine: Wine, log: string, signal: AbortSignal | undefined): Promise<void> {
  if (await isThere(join(wine.prefix, 'system.reg'))) return;
  const unfinished = `${wine.prefix}.${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(dirname(unfinished), { recursive: true });
  try {
    const boot = startWineProgram({ ...wine, prefix: unfinished }, ['wineboot', '--init'], log);
    const stop = () => void killGroup(boot.pid ?? 0);
    const late = setTimeout(stop, longestSetup);
    signal?.addEventListener('abort', stop);
    const code = await exitCodeOf(boot);
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'interrupted');
    if (code !== 0) throw wineFailed('Wine cannot make its folder', log);
    await moveIntoPlace(unfinished, wine.prefix);
  } finally {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Another run may have been faster: then its folder is the one. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: unknown) => {
    if (!(await isThere(join(to, 'dosdevices')))) throw error;
  });
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  } catch {
    return null; // it could not be started at all
  }
}

/** What went wrong, with the last of what was written. */
export function wineFailed(what: string, log: string): KitError {
  const written = readFileSync(log, 'utf8').trim().split(/\r?\n/).slice(-3).join(' | ');
  return new KitError('PLATFORM_UNSUPPORTED', `${what}${written === '' ? '' : `: ${written.slice(-400)}`}`, {
    hint: 'docs/guide/test-for-windows.md says what Wine needs; a Windows machine needs none of it',
  });
}
