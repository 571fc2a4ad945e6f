// Who has no function to release results must use their memory again.
import { defineCheck } from '../../check.ts';
import type { TestImage } from '../../test-image.ts';

const buffers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;
/** What is allocated once, and freed blocks that are used again, come first. */
const first = 12;
const later = 36;
const leastBytes = 64;

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
  run({ plugin, exports, image, result, threads, weigh }) {
    if (exports('mvas_free_result')) return [];
    plugin.start();
    const pictures = [image(), image()];
    const addresses = new Map(buffers.map((field) => [field, new Set<bigint>()]));
    const thread = threads.start();
    let failed: { code: number; text: string | null } | undefined;
    const inspect = (count: number) =>
      weigh(() => {
        for (let index = 0; index < count; index++) {
          const struct = result(0);
          const code = plugin.inferInto(pictures[index % 2] as TestImage, struct);
          if (code < 0) failed ??= { code, text: plugin.getError() };
          for (const [field, known] of addresses) known.add(struct.get(field));
        }
      }, thread);
    inspect(first);
    const bytes = Math.round(inspect(later) / later);
    if (failed !== undefined) return [{ message: `one of ${first + later} inspections returns ${failed.code}: ${failed.text}` }];
    // new in every inspection; NULL is one address
    const fields = buffers.filter((field) => addresses.get(field)?.size === first + later);
    if (fields.length === 0 || bytes < leastBytes) return [];
    const words = `every inspection gives new memory for ${fields.join(', ')} and leaves ${bytes} bytes behind`;
    return [{ message: `${words}, and there is no mvas_free_result`, data: { fields, bytes } }];
  },
});
export default check;
