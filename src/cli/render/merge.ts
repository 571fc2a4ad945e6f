// The lines of mvas upgrade and mvas add.
import type { Io } from '../../core/io.ts';
import type { MergeReport } from '../../scaffold/upgrade/report.ts';

/** Prints what happened to each file that did not stay as it was, and what the user must do. */
export function showMerge({ files, pending, conflicts, written, from, to, template, root, notes }: MergeReport, io: Io): void {
  for (const { path, action, from: old, note } of files) {
    if (action === 'identical' || (action === 'kept' && note === undefined)) continue;
    const name = old === undefined ? path : `${old} -> ${path}`;
    io.print(`${action.padEnd(9)} ${name}${note === undefined ? '' : `  (${note})`}`);
  }
  for (const note of notes) io.progress(`note: ${note}`);
  if (pending === 0) {
    io.print(`${root} is up to date with ${template} ${to.version}`);
    return;
  }
  const versions = from.digest === to.digest ? `${template} ${to.version}` : `${template} ${from.version} -> ${to.version}`;
  io.print(`${written ? 'changed' : 'would change'} ${pending} of ${files.length} files: ${versions}`);
  if (conflicts > 0)
    io.print(`${conflicts} of them need${conflicts === 1 ? 's' : ''} you: what both sides changed is marked above as conflict`);
}
