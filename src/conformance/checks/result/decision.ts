// The verdict is one of three words, and stays readable.
import { defineCheck } from '../../check.ts';
import { readText } from '../../read-plugin-memory.ts';
import { decisionProblem, quoted } from '../../result-problems.ts';

const check = defineCheck({
  id: 'result/decision',
  title: 'decision is exactly "pass", "fail" or "review" and stays readable until the result is freed',
  why: 'Hosts compare the word byte by byte: "PASS" or a text that is gone by then sorts good parts out, or bad ones in.',
  fix: 'Assign one of the constants MVAS_DECISION_PASS, MVAS_DECISION_FAIL, MVAS_DECISION_REVIEW, never a buffer on the stack or one that is freed.',
  spec: 'abi.md#result',
  blind: 'Whether the verdict is right: golden images tell.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'results',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  look(context) {
    const { plugin, memory, image, result } = context;
    const refused = { ...image(), claims: { height: 0 } };
    return (struct) => {
      const before = plugin.copy(struct);
      const problem = decisionProblem(before);
      if (problem !== undefined) return problem;
      // a refused call uses the stack and the heap again, and has no result of its own
      plugin.inferInto(refused, result(0));
      plugin.getError();
      const after = readText(memory, struct.get('decision'));
      return after === before.decision
        ? undefined
        : `decision turns from ${quoted(before.decision)} into ${quoted(after)} before it is freed`;
    };
  },
});
export default check;
