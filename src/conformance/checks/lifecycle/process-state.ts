// The process is the host's.
import type { ProcessState } from '../../../harness/process-probes.ts';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'lifecycle/process-state',
  title: 'No call changes the working directory, environment, locale, signal handlers, floating-point mode or umask',
  why: 'They belong to everybody in the process: after setlocale another plugin reads "0.5" as 0, with flushed denormals another model scores differently.',
  fix: 'Use absolute paths, _l functions with a locale of your own, no setenv, no handlers, and no -ffast-math in what is linked (it changes the mode when the library is loaded); restore what a library changes.',
  spec: 'abi.md#functions',
  blind: 'A change that is undone before the call returns; signal masks; what background threads do later.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup'],
  uses: ['mvas_set_config', 'mvas_warmup'],
  run({ plugin, exports, image, load, process }) {
    const picture = image();
    const findings: Finding[] = [];
    const first = process.state();
    let known = first;
    const look = (words: string, call: () => unknown) => {
      call();
      const now = process.state();
      findings.push(...changes(known, now).map((change) => ({ message: `${words} ${change}` })));
      // the harness puts the floating-point mode back after each call
      known = { ...now, floatingPoint: first.floatingPoint };
    };
    look('loading the library', () => load({ global: false }));
    look('mvas_get_info', () => plugin.getInfo());
    look('mvas_init', () => plugin.init());
    look('mvas_infer', () => plugin.infer(picture));
    look('an mvas_infer that fails', () => plugin.infer(image({ format: 'no such format' })));
    if (exports('mvas_set_config')) look('mvas_set_config', () => plugin.setConfig({ 'no such key': '1' }));
    if (exports('mvas_warmup')) look('mvas_warmup', () => plugin.warmup(1));
    look('mvas_cleanup', () => plugin.cleanup());
    look('a second mvas_init', () => plugin.init());
    look('an mvas_init that fails', () => plugin.init('missing.model', 'not JSON'));
    return findings;
  },
});
export default check;

function changes(before: ProcessState, after: ProcessState): string[] {
  const simple = (
    [
      ['cwd', 'working directory'],
      ['locale', 'locale'],
      ['floatingPoint', 'floating-point mode'],
      ['umask', 'umask'],
    ] as const
  )
    .filter(([part]) => before[part] !== after[part])
    .map(([part, words]) => `changes the ${words} from ${before[part]} to ${after[part]}`);
  const variables = differing(before.environment, after.environment)
    .filter((name) => !name.startsWith(openMpRegistration))
    .map(
      (name) =>
        `${name in after.environment ? (name in before.environment ? 'changes' : 'sets') : 'removes'} the environment variable ${name}`,
    );
  const handlers = differing(before.signalHandlers, after.signalHandlers).map(
    (signal) => `changes the handling of ${signal} from ${before.signalHandlers[signal]} to ${after.signalHandlers[signal]}`,
  );
  return [...simple, ...variables, ...handlers];
}

/** LLVM's OpenMP, by which two copies of it in one process find each other. */
const openMpRegistration = '__KMP_REGISTERED_LIB_';

function differing(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);
}
