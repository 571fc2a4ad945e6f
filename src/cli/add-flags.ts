// The flags that every `mvas add` has, and what it prints.
import type { Command } from '@commander-js/extra-typings';
import type { Io } from '../core/io.ts';
import type { MergeReport } from '../scaffold/upgrade/report.ts';

/** Adds the flags; the arguments must be there already. */
export function addFlags<Args extends unknown[], Options extends Record<string, unknown>>(bare: Command<Args, Options>) {
  return bare
    .option('--project <folder>', 'folder of the project (default: this one)')
    .option('--template <name>', 'template of the project (default: the one it was made from)')
    .option('--dry-run', 'say what would happen to each file and write nothing')
    .option('--json', 'print the report as JSON');
}

/** Prints the report; resolves to the exit code: 1 when a person must look at something. */
export async function showAddition(report: MergeReport, json: true | undefined, io: Io): Promise<number> {
  const { showMerge } = await import('./render/merge.ts');
  if (json) io.print(JSON.stringify(report, null, 2));
  else showMerge(report, io);
  return report.conflicts === 0 ? 0 : 1;
}
