// The same image gives the same result in every process.
import { defineCheck } from '../../check.ts';
import { digestDifferences, type ObservedResult, observeResults } from '../../result-digest.ts';

const check = defineCheck({
  id: 'determinism/processes',
  title: 'Every process gives the same results for the same images',
  why: 'A restart of the line must not change verdicts; addresses, process numbers and the time of the start differ in every process.',
  fix: 'Look for seeds from time() or getpid(), hashes or sorting by address, and caches of an earlier run on disk.',
  spec: 'abi.md#mvas_infer',
  blind: 'What differs only between machines, or with the number of processor cores.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'repeated',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  untouched: true,
  // everything lies elsewhere in the second, hence the first may be a copy
  variants: [{ name: 'in the first process', processes: 'copied' }, { name: 'in the second process' }],
  observe({ plugin, image }): ObservedResult[] {
    plugin.start();
    const nominal = image();
    return observeResults(plugin, [nominal, { ...nominal, pixels: nominal.pixels.map((value) => 255 - value) }]);
  },
  judge([first = [], second = []]) {
    return digestDifferences(first, second).map(({ text }) => ({ message: `two processes disagree on ${text}` }));
  },
});
export default check;
