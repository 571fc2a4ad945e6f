// Boxes are boxes, in the image.
import { defineCheck } from '../../check.ts';
import { bufferProblem } from '../../result-buffers.ts';
import { boxProblem } from '../../result-problems.ts';

const check = defineCheck({
  id: 'result/boxes',
  title: 'bboxes holds num_bboxes boxes in pixels of the submitted image, with a score within 0..1 and a class',
  why: 'Hosts crop and reject by them: a box beside the image, or in pixels of the model, makes a robot grip beside the part.',
  fix: 'Scale corners from the model to the image, clamp them, drop empty boxes, and set num_bboxes to what is stored.',
  spec: 'abi.md#result',
  blind: 'Whether a box is around the right thing; boxes of a plugin that finds nothing in the generated images.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    const { memory, plugin } = context;
    return (struct, { image }) => bufferProblem(memory, struct, 'bboxes') ?? boxProblem(plugin.copy(struct).boxes, image);
  },
});
export default check;
