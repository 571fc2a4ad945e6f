// A result is written whole.
import { structs } from '../../../harness/abi.ts';
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';

const { fields } = structs.MVASResult;
const bytesOf = { pointer: 8, int32: 4, float32: 4 } as const;

const check = defineCheck({
  id: 'result/all-fields',
  title: 'mvas_infer writes every field of the result, whatever was in it',
  why: 'Hosts use one struct again and again: a field left alone is the box or the map of the part before.',
  fix: 'Begin with *result = (MVASResult){0} (C++: *result = {}), then fill in what there is.',
  spec: 'abi.md#result',
  blind: 'The bytes between fields, which mean nothing.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, image, result, exports }) {
    plugin.start();
    const picture = image();
    plugin.inspect(picture);
    const untouched = [0xaa, 0x55].map((fill) => {
      const struct = result(fill);
      plugin.inferInto(picture, struct);
      const left = stillFilled(struct, fill);
      if (left.size === 0 && exports('mvas_free_result')) plugin.freeResult(struct);
      return left;
    });
    return Object.keys(fields)
      .filter((name) => untouched.every((left) => left.has(name)))
      .map((name) => ({ message: `${name} is not written`, data: { field: name } }));
  },
});
export default check;

function stillFilled(struct: NativeResult, fill: number): Set<string> {
  const bytes = struct.bytes();
  const left = Object.entries(fields).filter(([, { offset, type }]) =>
    bytes.subarray(offset, offset + bytesOf[type]).every((byte) => byte === fill),
  );
  return new Set(left.map(([name]) => name));
}
