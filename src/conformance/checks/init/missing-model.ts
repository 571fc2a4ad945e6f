// A wrong path is an error that says so.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const modelNotFound = -2;

const check = defineCheck({
  id: 'init/missing-model',
  title: 'mvas_init with a model that does not exist returns −2',
  why: 'A plugin that starts without its model answers something for every part.',
  fix: 'Open the model in mvas_init, not at the first inspection, and return MVAS_ERROR_MODEL_NOT_FOUND when the file is not there.',
  spec: 'abi.md#mvas_init',
  blind: 'A model that disappears later.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: ['mvas_init', 'mvas_cleanup'],
  run({ plugin, file, model }) {
    const folder = file('empty', null);
    const paths: [string, string | null][] = [
      ['a missing file', `${folder}/none.model`],
      ['a missing folder', `${folder}/none/none.model`],
      ['an empty path', ''],
      ['NULL', null],
    ];
    return paths.flatMap(([words, path]): Finding[] => {
      const code = plugin.init(path);
      if (code === 0) plugin.cleanup();
      if (code === modelNotFound || (model === null && code === 0)) return [];
      if (code === 0) return [{ message: `mvas_init succeeds with ${words} as model` }];
      return [{ message: `mvas_init with ${words} as model returns ${code} instead of −2`, severity: 'warning' }];
    });
  },
});
export default check;
