// A picture has all the bytes that it says it has.
import { defineCheck } from '../../check.ts';
import { bufferProblem } from '../../result-buffers.ts';

const check = defineCheck({
  id: 'result/visualization',
  title: 'visualization is NULL, or holds width times height RGB pixels that can be read',
  why: 'Hosts copy it to the screen whole: bytes that are not there end the process at the moment an operator looks.',
  fix: 'Allocate viz_width · viz_height · 3 bytes; without a picture leave pointer and sizes 0.',
  spec: 'abi.md#result',
  blind: 'A buffer that is too short but lies in memory that can be read, and what the picture shows.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    return (struct) => {
      const problem = bufferProblem(context.memory, struct, 'visualization');
      if (problem === undefined) context.plugin.copy(struct);
      return problem;
    };
  },
});
export default check;
