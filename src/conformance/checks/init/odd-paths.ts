// A model may lie in any folder.
import { chmodSync, copyFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const folders: readonly (readonly [words: string, name: string])[] = [
  ['spaces', 'a folder with spaces'],
  ['letters beyond ASCII', 'Prüfung 検査 é'],
  ['a percent sign and a quote', "50% 'off'"],
  ['a name of 200 letters', 'n'.repeat(200)],
];
const longestCopy = 64 << 20;

const check = defineCheck({
  id: 'init/odd-paths',
  title: 'mvas_init opens a model by any path: spaces, letters beyond ASCII, long or relative, read-only, from any working directory',
  why: 'User names have umlauts, program folders have spaces and are read-only; the plugin that worked on the developer’s PC fails at the customer’s.',
  fix: 'Take the path as UTF-8 (on Windows convert it to UTF-16 and use wide functions), limit its length nowhere, write no cache beside the model, and find your own files relative to the model.',
  spec: 'abi.md#mvas_init',
  blind: 'Paths longer than 260 letters; what lies beside a model and is not needed to start.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, file, model, process }) {
    if (model === null) return []; // there is no path to open
    plugin.start();
    plugin.cleanup();
    const findings: Finding[] = [];
    /** The code; 0 where it has started, and is ended again. */
    const startFrom = (path: string) => {
      const code = plugin.init(path);
      if (code === 0) plugin.cleanup();
      return code;
    };
    const start = (path: string, words: string) => {
      const code = startFrom(path);
      if (code !== 0) findings.push({ message: `mvas_init returns ${code} for a model ${words}: ${plugin.getError()}`, data: { code } });
    };
    const inReadOnly = <T>(name: string, work: (path: string) => T): T => {
      const folder = file(name, null);
      const path = placed(model, folder);
      chmodSync(folder, 0o555);
      try {
        return process.withOrdinaryRights(() => work(path));
      } finally {
        chmodSync(folder, 0o755); // so that it can be removed
      }
    };
    process.inFolder(file('elsewhere', null), () => start(model, 'when the working directory is another'));
    const { cwd } = process.state();
    if (relative(cwd, model) !== model) start(relative(cwd, model), 'by a relative path');
    // a path with all of it at once is harder than each; where it does not do, the paths with one thing each tell why, or that they do
    if (inReadOnly(join(...folders.map(([, name]) => name)), startFrom) === 0) return findings;
    if (startFrom(placed(model, file('plain', null))) !== 0) return [...findings, alone];
    for (const [words, name] of folders) inReadOnly(name, (path) => start(path, `in a read-only folder with ${words}`));
    return findings;
  },
});
export default check;

const alone: Finding = {
  message: 'the model file does not start away from its folder, so that names of folders were not tried',
  severity: 'info',
};

/** A copy in a folder, or a link where that would take long. */
function placed(model: string, folder: string): string {
  const path = join(folder, basename(model));
  if (statSync(model).size > longestCopy) symlinkSync(model, path);
  else copyFileSync(model, path);
  return path;
}
