// What no check looks at: part of the documentation, so that nobody takes a green report for more than it is.

/** Sentences for docs/conformance.md and the end of every report's `notChecked`, there under the id `suite`. */
export const neverChecked: readonly string[] = [
  'Whether the verdicts are right: golden images show that they are the recorded ones, only a labelled set shows that they are good.',
  'Speed, takt and memory in long runs: `mvas bench` measures them.',
  'What the plugin does with files, devices, threads and the network of its own.',
  'GPU memory and drivers, and machines other than the one it runs on.',
  'Whether the code is safe against an attacker: a signature says who made it, not that it is harmless.',
  'Inputs that are not tried. Each check says what it does not see.',
];
