// Lets the argument parser throw instead of ending the process, and turns that into exit codes and our own errors.
import type { Command, CommanderError, CommandUnknownOpts } from '@commander-js/extra-typings';

/** What the parser stops with: a page that was shown, or a wrong command line; `command` is where. */
class ParserStop extends Error {
  override readonly cause: CommanderError;
  readonly command: CommandUnknownOpts;

  constructor(cause: CommanderError, command: CommandUnknownOpts) {
    super(cause.message);
    this.cause = cause;
    this.command = command;
  }
}

/** Lets the parser throw at this command. */
export function stopByError(command: CommandUnknownOpts): void {
  command.exitOverride((error) => {
    throw new ParserStop(error, command);
  });
}

/**
 * Parses a command line and runs what it names. Resolves to undefined when that ran, else to the exit code of the page that was shown:
 * 2 for help that nobody asked for, since then nothing was done.
 *
 * @throws {@link KitError} `FLAG_INVALID` for a wrong command line, and whatever the command throws.
 */
export async function parseCommandLine(program: Command, argv: readonly string[]): Promise<number | undefined> {
  try {
    await program.parseAsync(argv, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof ParserStop)) throw error;
    const { cause, command } = error;
    if (cause.exitCode === 0) return 0;
    if (cause.code === 'commander.help') return 2;
    // loaded only now, for the CLI to start fast
    const { usageError } = await import('./usage-error.ts');
    throw usageError(cause, command);
  }
}
