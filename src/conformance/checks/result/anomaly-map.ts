// A map has all the values that it says it has.
import { defineCheck } from '../../check.ts';
import { bufferProblem } from '../../result-buffers.ts';
import { mapProblem } from '../../result-problems.ts';
import { spoilHeap } from '../../spoil-heap.ts';

const check = defineCheck({
  id: 'result/anomaly-map',
  title: 'anomaly_map is NULL, or holds width times height finite values within 0..1',
  why: 'Hosts colour it and measure areas in it: a missing row is other memory, and a NaN makes every area wrong.',
  fix: 'Allocate width · height floats for the width and height that are stored; clamp, and look where a division by zero can happen.',
  spec: 'abi.md#result',
  blind: 'A buffer that is too short, where what lies behind it happens to hold numbers within 0..1.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    const { memory, plugin } = context;
    spoilHeap(memory);
    return (struct) => bufferProblem(memory, struct, 'anomaly_map') ?? mapProblem(plugin.copy(struct).map);
  },
});
export default check;
