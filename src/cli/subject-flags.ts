// The flags of commands that try a plugin: what to try it with.
import type { Command } from '@commander-js/extra-typings';

/** Adds subject and its flags to a command. */
export function subjectFlags(bare: Command) {
  return bare
    .argument('[subject]', 'project folder, library or .mvapp (default: the project here)')
    .option('--model <file>', 'model that init gets')
    .option('--config <file>', 'JSON file with the settings that init gets')
    .option('--allow-unsigned', 'take a package that nobody signed')
    .option('--json', 'print the report as JSON');
}
