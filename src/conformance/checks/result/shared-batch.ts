// The results of one batch are each other's strangers.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import type { Finding } from '../../finding.ts';
import { isRefusal } from '../../refusal.ts';
import { type BufferName, bufferBytes } from '../../result-buffers.ts';

const count = 3;
const buffers: readonly BufferName[] = ['anomaly_map', 'bboxes', 'visualization'];

interface Range {
  readonly owner: string;
  readonly index: number;
  readonly start: bigint;
  readonly end: bigint;
}

const check = defineCheck({
  id: 'result/shared-batch',
  title: 'No two results of a batch share memory',
  why: 'All parts of a batch are shown with the map of the last one, and freeing the results corrupts the heap.',
  fix: 'Allocate the buffers of each result by themselves; no static or member buffer, no one block cut into pieces.',
  spec: 'abi.md#ownership',
  blind: 'Memory that two results share behind a pointer of the plugin’s own.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error', 'mvas_infer_batch'],
  run({ plugin, image, result }) {
    plugin.start();
    const images = Array.from({ length: count }, () => image());
    const results = result(0, count);
    const code = plugin.inferBatch(images, count, results);
    if (code !== 0)
      return isRefusal(code) ? [] : [{ message: `mvas_infer_batch of ${count} images returns ${code}: ${plugin.getError()}` }];
    const ranges = Array.from({ length: count }, (_, index) => rangesOf(results, index)).flat();
    return overlap(ranges.sort((a, b) => (a.start < b.start ? -1 : 1)));
  },
});
export default check;

function rangesOf(results: NativeResult, index: number): Range[] {
  const details = results.get('details_json', index);
  const spans = buffers.map((owner) => ({ owner, start: results.get(owner, index), bytes: bufferBytes(results, owner, index) }));
  return [...spans, { owner: 'details_json', start: details, bytes: 1 }]
    .filter(({ start, bytes }) => start !== 0n && bytes > 0)
    .map(({ owner, start, bytes }) => ({ owner, index, start, end: start + BigInt(bytes) }));
}

/** The first pair among ranges in the order of their addresses. */
function overlap(ranges: readonly Range[]): Finding[] {
  for (const [at, range] of ranges.entries()) {
    const next = ranges[at + 1];
    if (next === undefined || next.start >= range.end || next.index === range.index) continue;
    return [{ message: `${range.owner} of result ${range.index} and ${next.owner} of result ${next.index} lie in the same memory` }];
  }
  return [];
}
