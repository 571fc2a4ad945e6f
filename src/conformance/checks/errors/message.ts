// Whoever stands at the line reads why it failed.
import { defineCheck } from '../../check.ts';
import type { LentText } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'errors/message',
  title: 'After every failing call mvas_get_error gives a text in UTF-8 that tells one fault from another and stays until the next call',
  why: 'It is the only thing that the person at the machine gets to see.',
  fix: 'Set the text wherever you return a code below 0, name the value that was wrong, and keep it in a buffer that nothing frees.',
  spec: 'abi.md#mvas_get_error',
  blind: 'Whether the text helps.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_warmup', 'mvas_infer_batch'],
  run({ plugin, exports, image, result, file, model }) {
    const picture = image();
    const findings: Finding[] = [];
    const texts = new Map<string, string>();
    const note = (fault: string, code: number) => {
      if (code >= 0) return;
      const lent = plugin.lendError();
      if (lent.address === 0n) return; // errors/never-null
      texts.set(fault, lent.read() ?? '');
      findings.push(...badText(fault, lent));
    };
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
    if (exports('mvas_warmup')) note('mvas_warmup(−1)', plugin.warmup(-1));
    if (exports('mvas_infer_batch')) note('mvas_infer_batch of −1 images', plugin.inferBatch([picture], -1, result(0)));
    if (exports('mvas_set_config')) note('mvas_set_config with an unknown key', plugin.setConfig({ 'no such key of any plugin': '1' }));
    return [...findings, ...allAlike(texts)];
  },
});
export default check;

function badText(fault: string, lent: LentText): Finding[] {
  if (lent.isOnStack) return [];
  const [text, later] = [lent.read() ?? '', lent.readLater() ?? ''];
  if (text.trim() === '') return [{ message: `after ${fault} mvas_get_error returns an empty text` }];
  if (text.includes('\uFFFD')) return [{ message: `after ${fault} the text of mvas_get_error is not UTF-8` }];
  return text === later ? [] : [{ message: `after ${fault} the text of mvas_get_error changes without a call: ${JSON.stringify(later)}` }];
}

function allAlike(texts: ReadonlyMap<string, string>): Finding[] {
  const distinct = new Set(texts.values());
  const [only] = distinct;
  if (texts.size < 2 || distinct.size > 1 || only === undefined || only === '') return [];
  return [{ message: `${texts.size} different faults have the same text ${JSON.stringify(only)}`, severity: 'warning' }];
}
