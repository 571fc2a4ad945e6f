// Scores are numbers a threshold can be compared with.
import { defineCheck } from '../../check.ts';
import { scoreProblems } from '../../result-problems.ts';

const check = defineCheck({
  id: 'result/scores',
  title: 'confidence and anomaly_score are finite and between 0 and 1',
  why: 'NaN is neither above nor below a threshold: every comparison with it says no, and the part passes.',
  fix: 'Clamp scores, and look where a division by zero or the logarithm of zero can happen: flat images are the usual cause.',
  spec: 'abi.md#result',
  blind: 'Scores of images unlike the ones that are generated.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    return (struct) =>
      scoreProblems(context.plugin.copy(struct))
        .map(({ text }) => text)
        .join(', ') || undefined;
  },
});
export default check;
