// Whoever stands at the line reads why it failed.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'errors/message',
  title: 'After every failing call mvas_get_error gives a text in UTF-8 that tells one fault from another',
  why: 'It is the only thing that the person at the machine gets to see.',
  fix: 'Set the text wherever you return a code below 0, and name the value that was wrong.',
  spec: 'abi.md#mvas_get_error',
  blind: 'Whether the text helps.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, image, result, file, model }) {
    const picture = image();
    const texts = new Map<string, string | null>();
    const note = (fault: string, code: number) => void (code < 0 && texts.set(fault, plugin.getError()));
    const start = (fault: string, path: string) => {
      const code = plugin.init(path);
      note(fault, code);
      if (code === 0) plugin.cleanup();
    };
    note('mvas_infer before mvas_init', plugin.inferInto(picture, result(0)));
    if (model !== null) {
      start('mvas_init with a missing model', `${file('empty', null)}/none.model`);
      start('mvas_init with an empty model', file('empty.model', new Uint8Array()));
    }
    plugin.start();
    note('mvas_infer of width 0', plugin.inferInto({ ...picture, claims: { width: 0 } }, result(0)));
    note('mvas_infer of format "none"', plugin.inferInto({ ...picture, format: 'none' }, result(0)));
    return [...[...texts].flatMap(([fault, text]) => badText(fault, text)), ...allAlike(texts)];
  },
});
export default check;

function badText(fault: string, text: string | null): Finding[] {
  if (text === null) return [{ message: `after ${fault} mvas_get_error returns NULL` }];
  if (text.trim() === '') return [{ message: `after ${fault} mvas_get_error returns an empty text` }];
  return text.includes('\uFFFD') ? [{ message: `after ${fault} the text of mvas_get_error is not UTF-8` }] : [];
}

function allAlike(texts: ReadonlyMap<string, string | null>): Finding[] {
  const distinct = new Set(texts.values());
  const [only] = distinct;
  if (texts.size < 2 || distinct.size > 1 || only === null || only === undefined || only === '') return [];
  return [{ message: `${texts.size} different faults have the same text ${JSON.stringify(only)}`, severity: 'warning' }];
}
