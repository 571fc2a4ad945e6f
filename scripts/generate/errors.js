// Writes docs/errors.md from the table of error codes.
import { errorCodes } from '../../dist/core/kit-error.js';

const who = [
  [1, 'The plugin, package or image set has to change'],
  [2, 'The call has to change: flags, paths, configuration; or nothing was tested'],
  [3, 'The machine has to change: a missing tool, no permission, no space'],
  [10, 'The package is not to be trusted, and nothing of it was loaded (exit 10 to 17)'],
  [130, 'Interrupted'],
];

export async function render() {
  const codes = Object.entries(errorCodes);
  const sections = who.map(([first, title], index) => {
    const next = who[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const rows = codes
      .filter(([, { exit }]) => exit >= first && exit < next)
      .map(([code, row]) => `| \`${code}\` | ${row.exit} | ${row.title} |`);
    return `## ${title}\n\n| code | exit | meaning |\n|---|---|---|\n${rows.join('\n')}`;
  });
  return [{ path: 'docs/errors.md', text: `${head}\n\n${sections.join('\n\n')}\n` }];
}

const head = `# Errors and exit codes

Every error is one line on stderr, \`CODE: what is wrong\`, followed by the next step. The exit code says who has to act. With
\`--json\`, stdout holds the JSON value or nothing; errors stay on stderr as text.

| exit | who has to act |
|---|---|
| 0 | nobody |
| 1 | the author of the plugin or package |
| 2 | whoever called the command |
| 3 | whoever looks after this machine |
| 10–17 | whoever made, signed or distributed the package |
| 70 | us: a bug in the kit; the stack is printed and where to report it |
| 130 | nobody: Ctrl-C. A second Ctrl-C ends at once, without cleaning up |`;
