// A damaged model is refused, not run.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const longestCopy = 8 << 20;

const check = defineCheck({
  id: 'init/broken-model',
  title: 'mvas_init with an empty, cut off, random or folder model fails and returns',
  why: 'A half-copied model must stop the recipe change, not the process.',
  fix: 'Check what the model loader says, and turn its exceptions into MVAS_ERROR_INIT_FAILED with a text.',
  spec: 'abi.md#mvas_init',
  blind: 'A model with a few changed weights: sign packages for that.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_init', 'mvas_cleanup'],
  run({ plugin, file, model, random }) {
    const broken: [string, string][] = [
      ['an empty file', file('empty.model', new Uint8Array())],
      ['random bytes', file('random.model', random.bytes(4096))],
      ['a folder', file('folder.model', null)],
    ];
    if (model !== null) broken.push(['the first half of the model', file('half.model', firstHalf(model))]);
    return broken.flatMap(([words, path]): Finding[] => {
      const code = plugin.init(path);
      if (code === 0) plugin.cleanup();
      return code < 0 || (model === null && code === 0) ? [] : [{ message: `mvas_init with ${words} as model returns ${code}` }];
    });
  },
});
export default check;

function firstHalf(path: string): Uint8Array {
  const fd = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(Math.min(longestCopy, Math.floor(fstatSync(fd).size / 2)));
    return bytes.subarray(0, readSync(fd, bytes));
  } finally {
    closeSync(fd);
  }
}
