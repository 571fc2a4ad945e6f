// Where keys, trust and installed plugins of this user lie.
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../core/io.ts';

/** MVAS_HOME, or the data folder of this user as the system wants it. */
export function mvasHome(env: Io['env']): string {
  return env['MVAS_HOME'] || join(dataFolder(env), 'mvas');
}

function dataFolder(env: Io['env']): string {
  if (platform() === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
}
