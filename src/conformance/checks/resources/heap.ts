// Memory does not grow with use.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { heapGrowth, type Rounds } from '../../heap-growth.ts';
import { uncachedHeap } from '../../uncached-heap.ts';

const inspections: Rounds = { perBlock: 60, blockMs: 60, steadyMs: 100 };
const starts: Rounds = { perBlock: 12, blockMs: 20, steadyMs: 40 };

const check = defineCheck({
  id: 'resources/heap',
  title: 'Allocated memory does not grow with inspections, with starts, or with calls that fail',
  why: 'A line makes a million inspections a week: 1 KB lost in each is a host that dies on Friday.',
  fix: 'Free in mvas_free_result what mvas_infer allocated, in mvas_cleanup what mvas_init did, and on every early return what was made so far.',
  spec: 'abi.md#ownership',
  blind:
    'Memory that is not from malloc; growth in less than one of ten calls, of slow ones in less than one of three; memory of a device.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  measures: 'process',
  // the allocator's own cache counts freed blocks as in use; over hundreds of starts it fills by some bytes each, and looks like a leak
  env: uncachedHeap,
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_free_result', 'mvas_warmup', 'mvas_set_config', 'mvas_get_config'],
  run({ plugin, exports, image, result, file, model, process, weigh }) {
    const native = result(0);
    const missing = `${file('none', null)}/missing.model`;
    const damaged = file('damaged.model', new Uint8Array(100));
    const picture = image();
    const inspection = plugin.prepareInfer(picture, native);
    const refused = plugin.prepareInfer(image({ channels: 2 }), native);
    const unknown = plugin.prepareInfer(image({ format: 'no such format' }), native);
    const release = () => exports('mvas_free_result') && plugin.freeResult(native);
    const findings: Finding[] = [];
    const look = (words: string, round: () => void, rounds = inspections) => {
      const bytes = Math.round(heapGrowth({ process, weigh }, round, rounds));
      if (bytes > 0) findings.push({ message: `allocated memory grows by ${bytes} bytes with each ${words}`, data: { bytes } });
    };
    const tryToStart = (words: string, start: () => number) => look(words, () => start() === 0 && plugin.cleanup(), starts);
    plugin.start();
    plugin.inspect(picture);
    look('inspection', () => {
      native.fill(0);
      plugin.make(inspection);
      release();
    });
    look('inspection that is refused', () => {
      if (plugin.make(unknown) === 0) release();
      if (plugin.make(refused) === 0) release();
    });
    if (exports('mvas_set_config')) {
      const setting = plugin.prepareConfig({ 'no such key': 'x' });
      look('mvas_set_config that fails', () => plugin.make(setting));
    }
    if (exports('mvas_get_config')) look('mvas_get_config', () => plugin.lendConfig());
    if (exports('mvas_warmup')) look('mvas_warmup of one image', () => plugin.warmup(1), starts);
    look('mvas_init of a plugin that is ready', () => plugin.init(), starts);
    plugin.cleanup();
    tryToStart('mvas_init with a missing model', () => plugin.init(missing));
    tryToStart('mvas_init with a damaged model', () => plugin.init(damaged));
    tryToStart('mvas_init with a configuration that is no JSON', () => plugin.init(model, 'not JSON'));
    tryToStart('mvas_init and mvas_cleanup', () => plugin.init());
    return findings;
  },
});
export default check;
