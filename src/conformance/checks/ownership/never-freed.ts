// Who has no function to release results must use their memory again.
import { PlatformCannot } from '../../../harness/platform-cannot.ts';
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';

const buffers = ['anomaly_map', 'bboxes', 'visualization', 'details_json'] as const;
const inspections = 12;
const settled = 4;

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
  run({ plugin, exports, image, result, process }) {
    if (exports('mvas_free_result')) return [];
    plugin.start();
    const pictures = [image(), image()];
    const seen = new Map(buffers.map((field) => [field, new Set<bigint>()]));
    const heap: number[] = [];
    const structs = Array.from({ length: inspections }, () => result(0));
    for (const [index, struct] of structs.entries()) {
      const code = plugin.inferInto(pictures[index % 2] ?? null, struct);
      if (code !== 0) return [{ message: `inspection ${index + 1} of ${inspections} returns ${code}: ${plugin.getError()}` }];
      note(seen, struct);
      heap.push(heapNow());
    }
    const grown = (heap.at(-1) ?? 0) - (heap[settled] ?? 0);
    const fresh = [...seen].filter(([, addresses]) => addresses.size === inspections).map(([field]) => field);
    // NaN where the platform cannot tell: then new addresses alone must do
    if (fresh.length === 0 || grown < 64 * (inspections - 1 - settled)) return [];
    const words = Number.isNaN(grown) ? '' : `, and the heap grows by ${Math.round(grown / (inspections - 1 - settled))} bytes each time`;
    return [
      {
        message: `every inspection gives new memory for ${fresh.join(', ')}, and there is no mvas_free_result${words}`,
        data: { fields: fresh },
      },
    ];

    function heapNow(): number {
      try {
        return process.heapInUse();
      } catch (error) {
        if (error instanceof PlatformCannot) return Number.NaN;
        throw error;
      }
    }
  },
});
export default check;

function note(seen: ReadonlyMap<(typeof buffers)[number], Set<bigint>>, struct: NativeResult): void {
  for (const [field, addresses] of seen) {
    const address = struct.get(field);
    if (address !== 0n) addresses.add(address);
  }
}
