// Turns what the argument parser says into the kit's own error, with the nearest flag or command as the next step.
import type { CommanderError, CommandUnknownOpts } from '@commander-js/extra-typings';
import { closest } from '../core/closest.ts';
import { KitError } from '../core/kit-error.ts';

/** A wrong command line as a KitError. */
export function usageError(error: CommanderError, command: CommandUnknownOpts): KitError {
  const message = error.message.replace(/^error: /, '').split('\n')[0] ?? '';
  return new KitError('FLAG_INVALID', message.replace(/\.$/, '').replace(' is invalid. ', ' is invalid: '), {
    hint: hintFor(error, message, command),
  });
}

function hintFor(error: CommanderError, message: string, command: CommandUnknownOpts): string {
  const page = `\`${pathOf(command)} --help\` shows what it takes`;
  const meant = suggestion(error, message, command);
  return meant === undefined ? page : `did you mean ${meant}? ${page}`;
}

function suggestion(error: CommanderError, message: string, command: CommandUnknownOpts): string | undefined {
  const word = /'([^']*)'/.exec(message)?.[1] ?? '';
  if (error.code === 'commander.unknownOption') return closest(word.split('=')[0] ?? '', flagsOf(command));
  if (error.code === 'commander.unknownCommand') return nearestCommand(word, command);
  if (error.code === 'commander.excessArguments') return nearestCommand(command.args[0] ?? '', command);
  return undefined;
}

function nearestCommand(word: string, command: CommandUnknownOpts): string | undefined {
  const name = closest(
    word,
    command.commands.flatMap((one) => [one.name(), ...one.aliases()]),
  );
  return name === undefined ? undefined : `${pathOf(command)} ${name}`;
}

function flagsOf(command: CommandUnknownOpts): string[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .flatMap((option) => [option.long, option.short].filter((flag) => flag !== undefined && flag !== null));
}

/** A command as it is typed: `mvas golden record`. */
export function pathOf(command: CommandUnknownOpts): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
