// `mvas doctor`: says what this machine has and what is missing.
import pc from 'picocolors';
import type { DoctorReport } from '../../doctor/doctor.ts';
import { defineCommand } from '../command.ts';

type Tool = DoctorReport['tools'][number];

const command = defineCommand({
  flags: (bare) => bare.option('--quiet', 'print only what is missing').option('--json', 'print the report as JSON'),
  examples: ['mvas doctor', 'mvas doctor --json'],
  async run(io, { quiet, json }) {
    const { examineMachine } = await import('../../doctor/doctor.ts');
    const report = await examineMachine(io);
    const paint = pc.createColors(io.colour);
    const shown = report.tools.filter(({ required, problem }) => !quiet || (required && problem !== undefined));
    if (json) io.print(JSON.stringify(report, null, 2));
    else for (const tool of shown) io.print(`${mark(tool, paint)} ${lineOf(tool)}`);
    return report.ok ? 0 : 3;
  },
});
export default command;

function mark({ required, problem }: Tool, paint: ReturnType<typeof pc.createColors>): string {
  if (problem === undefined) return paint.green('✓');
  return required ? paint.red('✗') : paint.yellow('–');
}

function lineOf({ title, found, path, problem, fix }: Tool): string {
  const what = [found, path && `(${path})`, problem].filter((part) => part !== undefined && part !== '').join(' ');
  return `${title}: ${what}${fix === undefined ? '' : `\n    ${fix}`}`;
}
