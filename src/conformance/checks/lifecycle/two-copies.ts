// The same plugin twice in one process, from two files.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';

const notInitialized = -5;

const check = defineCheck({
  id: 'lifecycle/two-copies',
  title: 'A copy of the library at a second path has a state of its own',
  why: 'Two cameras with the same inspection are two copies in one host; a shared state gives one camera the other’s threshold.',
  fix: 'Keep state in static variables of hidden visibility, and take no name in the system (locks, sockets, shared memory) that the copy would take too.',
  spec: 'abi.md#loading',
  blind: 'What two copies share on purpose, such as a device.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'pair',
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, second }) {
    const copy = second('copy');
    const picture = image();
    const untried = (words: string): Finding[] => [{ message: `the copy ${words}, so that the two were not tried`, severity: 'info' }];
    const failure = copy.load({ global: false });
    if (failure !== undefined) return untried(`does not load: ${failure}`);
    plugin.start();
    const expected = steadyResult(plugin, picture);
    const findings: Finding[] = [];
    const early = copy.infer(picture).code;
    if (early !== notInitialized)
      findings.push({ message: `mvas_infer of a copy returns ${early} instead of −5 when only the first was initialised` });
    const code = copy.init();
    if (code !== 0) {
      const text = copy.getError();
      plugin.cleanup();
      if (copy.init() !== 0) return untried(`does not start: ${text}`);
      return [...findings, { message: `mvas_init of a copy returns ${code} while the first is ready: ${text}` }];
    }
    const look = (words: string, { infer }: Pick<typeof plugin, 'infer'>) => {
      const { code: returned, result } = infer(picture);
      if (result === undefined) findings.push({ message: `mvas_infer returns ${returned} ${words}`, data: { code: returned } });
      else findings.push(...differences(expected, result).map((text) => ({ message: `${words}: ${text}` })));
    };
    look('in a copy', { infer: (one) => copy.infer(one) });
    plugin.cleanup();
    look('in a copy after mvas_cleanup of the first', { infer: (one) => copy.infer(one) });
    if (plugin.init() !== 0) findings.push({ message: 'mvas_init fails while a copy is ready' });
    copy.cleanup();
    look('after mvas_cleanup of a copy', { infer: (one) => plugin.infer(one) });
    plugin.cleanup();
    return findings;
  },
});
export default check;
