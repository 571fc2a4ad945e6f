// A code says what kind of fault it was.
import { codes, describeCode } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import { configKeys, parseConfig } from '../../config-keys.ts';
import type { Finding } from '../../finding.ts';

const { MVAS_ERROR_INVALID_INPUT: invalid, MVAS_ERROR_UNSUPPORTED: unsupported } = codes;
const known = new Set<number>(Object.values(codes));

const check = defineCheck({
  id: 'errors/codes',
  title: 'A failing call returns one of the seven codes, −1 to −7, and the one for its kind of fault',
  why: 'Hosts act on the code: they retry without memory, look for a fallback model, or stop; a positive number is taken for success by those that test below zero.',
  fix: 'Return the constants of mvas_plugin.h, never a number of a library that you call.',
  spec: 'abi.md#return-codes',
  blind: 'Faults that other checks look at, such as sizes and states, and those that are not tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  uses: ['mvas_set_config', 'mvas_get_config', 'mvas_warmup', 'mvas_infer_batch'],
  run({ plugin, exports, image, result, model, file, manifest }) {
    const picture = image();
    const findings: Finding[] = [];
    const note = (fault: string, code: number, right?: readonly number[]) => void findings.push(...judgeCode(fault, code, right));
    if (model !== null) {
      const code = plugin.init(file('empty.model', new Uint8Array()));
      note('mvas_init with an empty model', code);
      if (code === 0) plugin.cleanup();
    }
    plugin.start();
    note('mvas_infer without an image', plugin.inferInto(null, result(0)), [invalid]);
    note('mvas_infer of format "none"', plugin.inferInto({ ...picture, format: 'none' }, result(0)), [invalid, unsupported]);
    note('mvas_infer of width 0', plugin.inferInto({ ...picture, claims: { width: 0 } }, result(0)));
    if (exports('mvas_warmup')) note('mvas_warmup(−1)', plugin.warmup(-1), [invalid]);
    if (exports('mvas_infer_batch')) note('mvas_infer_batch of −1 images', plugin.inferBatch([picture], -1, result(0)));
    if (exports('mvas_set_config')) settingFaults();
    return findings;

    function settingFaults(): void {
      const [number] = configKeys(manifest, (exports('mvas_get_config') && parseConfig(plugin.getConfig())) || {}).filter(
        (key) => key.kind === 'number',
      );
      note('mvas_set_config of −1 entries', plugin.setConfig([], -1), [invalid]);
      note('mvas_set_config of one entry without an array', plugin.setConfig(null, 1), [invalid]);
      note('mvas_set_config without a key', plugin.setConfig([[null, '1']]), [invalid]);
      note('mvas_set_config with an unknown key', plugin.setConfig({ 'no such key of any plugin': '1' }), [unsupported]);
      if (number === undefined) return;
      note(`mvas_set_config with ${number.key} = "abc"`, plugin.setConfig({ [number.key]: 'abc' }), [invalid]);
      note(`mvas_set_config with ${number.key} without a value`, plugin.setConfig([[number.key, null]]), [invalid]);
    }
  },
});
export default check;

/** A call that succeeds where it should fail is for the check of its rule. */
function judgeCode(fault: string, code: number, right?: readonly number[]): Finding[] {
  const data = { fault, code };
  if (code > 0) return [{ message: `${fault} returns ${code}: a code is 0 or below`, data }];
  if (!known.has(code)) return [{ message: `${fault} returns ${code}, which is no code of the contract`, severity: 'warning', data }];
  if (code === 0 || right === undefined || right.includes(code)) return [];
  return [{ message: `${fault} returns ${describeCode(code)} instead of ${right.map(describeCode).join(' or ')}`, data }];
}
