// A commander program with our manners: help and version on stdout, usage errors as KitErrors.
import { Command } from '@commander-js/extra-typings';
import type { Io } from '../core/io.ts';
import { kitVersion } from '../core/kit-version.ts';
import { stopByError } from './parser-stop.ts';

/** A program without commands or flags; help goes to stdout when asked for, to stderr when not. */
export function bareProgram(name: string, description: string, io: Io): Command {
  const program = new Command(name)
    .description(description)
    .version(kitVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .configureOutput({
      writeOut: (text) => io.print(text.trimEnd()),
      writeErr: (text) => io.progress(text.trimEnd()),
      outputError: () => {},
      getOutHasColors: () => io.colour,
    })
    .configureHelp({
      styleTitle: (title) => `\u001b[1m${title}\u001b[22m`,
      subcommandTerm: (command) => [command.name(), ...command.aliases()].join(', '),
      optionTerm: (option) => option.flags,
    });
  stopByError(program);
  return program;
}
