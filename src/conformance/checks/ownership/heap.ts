// The heap is sound after everything a host does.
import { readFileSync } from 'node:fs';
import { PlatformCannot } from '../../../harness/platform-cannot.ts';
import { defineCheck } from '../../check.ts';

const library = 'libc_malloc_debug.so.0';
const means = `checking allocator (${library})`;
const mapped = '/proc/self/maps';

const check = defineCheck({
  id: 'ownership/heap',
  title: 'No call writes outside its blocks, frees what it did not allocate, or frees twice',
  why: 'One byte behind a block is silent today and destroys another plugin’s data tomorrow.',
  fix: 'Look at the size of the block that is freed in the call named here: room for the last element, for the NUL of a text, for odd widths; -fsanitize=address names the line.',
  spec: 'abi.md#ownership',
  blind: 'Blocks that are never freed, reads outside a block, writes further away than the byte behind, and allocators of its own.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  depends: { os: 'linux', means },
  env: { LD_PRELOAD: library, GLIBC_TUNABLES: 'glibc.malloc.check=3' },
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch', 'mvas_free_result'],
  run({ plugin, exports, image, result, model }) {
    if (!readFileSync(mapped, 'latin1').includes(library)) throw new PlatformCannot(means);
    const sizes = [image(), image({ width: 17, height: 13 }), image({ width: 3, height: 2 }), image({ width: 301, height: 7 })];
    for (let life = 0; life < 2; life++) {
      plugin.init(null);
      plugin.init(model, '{');
      plugin.start();
      for (const picture of sizes) plugin.infer(picture);
      plugin.infer({ ...image(), format: 'no format' });
      if (exports('mvas_warmup')) plugin.warmup(1);
      if (exports('mvas_get_config')) plugin.getConfig();
      if (exports('mvas_set_config')) plugin.setConfig({ 'no such key, and a long one': '0.5' });
      if (exports('mvas_infer_batch')) {
        const results = result(0);
        if (plugin.inferBatch([image()], 1, results) === 0 && exports('mvas_free_result')) plugin.freeResult(results);
      }
      plugin.infer(image());
      plugin.cleanup();
    }
    return [];
  },
});
export default check;
