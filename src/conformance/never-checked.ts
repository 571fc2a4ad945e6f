// What no check looks at: part of the documentation, so that nobody takes a green report for more than it is.

/** Sentences for docs/conformance.md and the end of every report's `notChecked`, there under the id `suite`. */
export const neverChecked: readonly string[] = [
  'Whether the verdicts are right: golden images show that they are the recorded ones, only a labelled set of parts shows that they are good.',
  'Speed, takt and memory in long runs: `mvas bench` measures them, on the machine that matters.',
  'Other machines: another processor, system, driver or library can behave otherwise, so run the suite on the line PC as well.',
  'GPU memory and GPU drivers.',
  'Races that did not happen: calls on several threads are tried, not proven.',
  'What the plugin does with cameras, other devices and the network.',
  'Whether the code is safe against an attacker: a signature says who made it, not that it is harmless.',
  'Inputs that were not tried: each check says what it does not see.',
];
