// What the CLI says when it ends with an error, and the exit code.
import { arch, platform } from 'node:os';
import pc from 'picocolors';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';

/** Text for stderr and the exit code of anything that was thrown; whatever is no KitError is a fault of the kit. */
export function describeFailure(error: unknown, colour: boolean, nodeVersion: string): { exit: number; text: string } {
  const paint = pc.createColors(colour);
  if (error instanceof KitError) {
    const hint = error.hint === undefined ? '' : `\n${paint.dim(`  ${error.hint}`)}`;
    return { exit: error.exit, text: `${paint.red(paint.bold(error.code))}: ${error.message}${hint}` };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const where = `mvas-kit ${kitVersion}, node ${nodeVersion}, ${platform()} ${arch()}`;
  return { exit: 70, text: `${stack}\n\n${paint.red('This is a bug in mvas.')} Please report it with the lines above (${where}).` };
}
