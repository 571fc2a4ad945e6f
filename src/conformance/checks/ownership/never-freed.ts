// Who has no function to release results must use their memory again.
import type { PreparedCall } from '../../../harness/raw-plugin.ts';
import { defineCheck } from '../../check.ts';
import type { TestImage } from '../../test-image.ts';

const buffers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;
const inspections = 12;
const leastBytes = 64;
/** Node may free something of its own in some of them, so the largest counts: only who never gave an address twice is looked at. */
const looks = 3;

const check = defineCheck({
  id: 'ownership/never-freed',
  title: 'A plugin without mvas_free_result uses the memory of its results again',
  why: 'Nobody can release what it allocates: at ten parts a second the line PC is out of memory before the shift ends.',
  fix: 'Export mvas_free_result, or keep the buffers in the plugin and use them for the next inspection.',
  spec: 'abi.md#ownership',
  blind: 'Less than 64 bytes an inspection, and memory that is not from malloc.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, exports, image, result, process, threads }) {
    if (exports('mvas_free_result')) return [];
    plugin.start();
    const pictures = [image(), image()];
    const structs = Array.from({ length: inspections }, () => result(0));
    const calls = structs.map((struct, index) => plugin.prepareInfer(pictures[index % 2] as TestImage, struct));
    const idle = calls.map(() => ({ function: 'mvas_get_error', values: [] }) as const);
    const thread = threads.start();
    const addresses = new Map(buffers.map((field) => [field, new Set<bigint>()]));
    let given = 0;
    let failed: number | undefined;
    const grown = (list: readonly PreparedCall[]) => {
      const before = process.heapInUse();
      const [returned = []] = threads.together(new Map([[thread, list]]));
      return { bytes: process.heapInUse() - before, returned };
    };
    const inspect = () => {
      const { bytes, returned } = grown(calls);
      failed ??= returned.find((code) => code < 0);
      for (const [field, known] of addresses) for (const struct of structs) known.add(struct.get(field));
      given += inspections;
      return bytes;
    };
    /** Buffers that were new in every inspection so far; NULL is one address. */
    const fresh = () => buffers.filter((field) => addresses.get(field)?.size === given);
    inspect(); // what is allocated once
    grown(idle);
    let each = 0;
    for (let look = 0; look < looks && fresh().length > 0; look++) {
      const own = grown(idle).bytes;
      each = Math.max(each, Math.round((inspect() - own) / inspections));
    }
    if (failed !== undefined) return [{ message: `one of ${inspections} inspections returns ${failed}: ${plugin.getError()}` }];
    if (fresh().length === 0 || each < leastBytes) return [];
    const words = `every inspection gives new memory for ${fresh().join(', ')} and leaves ${each} bytes behind`;
    return [{ message: `${words}, and there is no mvas_free_result`, data: { fields: fresh(), bytes: each } }];
  },
});
export default check;
