// Writes docs/cli.md from the declared commands.
import { loadAll } from '../../dist/cli/command.js';
import { commands } from '../../dist/cli/commands/index.js';
import { createProgram } from '../../dist/cli/program.js';

const silent = { cwd: '.', env: {}, signal: new AbortController().signal, interactive: false, colour: false, print() {}, progress() {} };

export async function render() {
  const program = createProgram(silent, commands, () => {});
  await loadAll(program, silent);
  const table = program.commands.map((command) => `| [\`${command.name()}\`](#mvas-${command.name()}) | ${command.description()} |`);
  const pages = program.commands.flatMap((command) => pagesOf(command, '##'));
  return [{ path: 'docs/cli.md', text: `${head}\n${table.join('\n')}\n\n${pages.join('\n\n')}\n` }];
}

function pagesOf(command, heading) {
  let text = '';
  command.configureOutput({ writeOut: (chunk) => (text += chunk), getOutHelpWidth: () => 100, getOutHasColors: () => false });
  command.outputHelp();
  const path = pathOf(command);
  return [`${heading} ${path}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``, ...command.commands.flatMap((one) => pagesOf(one, `${heading}#`))];
}

function pathOf(command) {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

const head = `# Command line

Every command has \`--help\`; \`mvas help <command>\` shows the same. Results go to stdout, progress and errors to stderr. With
\`--json\`, stdout holds exactly one JSON value, or nothing when the command failed before it had one. Exit codes are explained in
[errors.md](errors.md). \`NO_COLOR\` and \`FORCE_COLOR\` are honoured; nothing asks questions without a terminal or with \`CI\` set.

| command | what it does |
|---|---|`;
