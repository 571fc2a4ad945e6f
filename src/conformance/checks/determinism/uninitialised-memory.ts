// Results do not depend on what memory held before.
import { defineCheck } from '../../check.ts';
import { digestDifferences, type ObservedResult, observeResults } from '../../result-digest.ts';
import { uncachedHeap } from '../../uncached-heap.ts';

// the allocator's own cache of freed blocks is not filled, hence it is switched off
const filled = (byte: number) => ({ MALLOC_PERTURB_: `${byte}`, ...uncachedHeap });

const check = defineCheck({
  id: 'determinism/uninitialised-memory',
  title: 'Results do not depend on what allocated memory held before',
  why: 'Fresh memory is mostly zero in tests and mostly not after a week on the line: the verdict changes with the memory.',
  fix: 'Initialise every buffer (calloc, std::vector) before it is read; build with -fsanitize=memory or run under valgrind to find the place.',
  spec: 'abi.md#mvas_infer',
  blind: 'Memory of the stack, of allocators of its own and of devices.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'repeated',
  depends: { os: 'linux', means: 'allocator that fills memory on demand' },
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  again: true,
  variants: [85, 170, 0].map((byte) => ({
    name: byte === 0 ? 'with memory as it comes' : `with memory filled with ${byte}`,
    env: filled(byte),
  })),
  observe({ plugin, image }): ObservedResult[] {
    plugin.start();
    const nominal = image();
    const results = observeResults(plugin, [nominal, { ...nominal, pixels: nominal.pixels.map((value) => 255 - value) }]);
    return [...results, ...observeResults(plugin, [nominal])];
  },
  judge([first = [], ...others], again = first) {
    // memory holds the same in both: where they differ, the plugin is unsteady for another reason
    const unsteady = new Set(digestDifferences(first, again).map(({ key }) => key));
    const found = new Map(others.flatMap((results) => digestDifferences(first, results, unsteady)).map(({ key, text }) => [key, text]));
    return [...found.values()].map((text) => ({ message: `with other contents of fresh memory, ${text}` }));
  },
});
export default check;
