// What is said to be thread-safe is.
import { defineCheck } from '../../check.ts';
import type { NativeResult } from '../../check-context.ts';
import { differences } from '../../plugin-copies.ts';
import { steadyResult } from '../../same-results.ts';
import { describeImage } from '../../test-image.ts';
import { declaresThreads } from '../../thread-model.ts';

const count = 8;
const budgetMs = 60;
const mostRounds = 40;

const check = defineCheck({
  id: 'threads/concurrent-infer',
  title: 'Where the manifest declares interface.thread_safe, inspections on eight threads at once give the results of one after the other',
  why: 'A host that believes the declaration inspects with several cameras at once: a shared scratch buffer mixes their pictures.',
  fix: 'Keep what an inspection writes on its stack or in an object of its own, lock what is shared, or declare interface.thread_safe false.',
  spec: 'abi.md#threads',
  blind: 'Races that need a longer run or more cores; plugins that declare nothing are never called from two threads at once.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  uses: ['mvas_free_result'],
  run({ plugin, exports, image, result, threads, manifest, process }) {
    const undeclared = declaresThreads(manifest);
    if (undeclared !== undefined) return undeclared;
    plugin.start();
    const pictures = Array.from({ length: count }, () => image());
    const expected = pictures.map((picture) => steadyResult(plugin, picture));
    const start = process.cpuTimeMs();
    plugin.inspect(pictures[0] as (typeof pictures)[0]);
    // more often for a fast plugin: a race needs time to show
    const rounds = Math.max(1, Math.min(mostRounds, Math.round(budgetMs / count / Math.max(0.01, process.cpuTimeMs() - start))));
    const structs = pictures.map(() => Array.from({ length: rounds }, () => result(0)));
    const lists = pictures.map((picture, index) => (structs[index] ?? []).map((struct) => plugin.prepareInfer(picture, struct)));
    const returned = threads.together(new Map(lists.map((calls) => [threads.start(), calls])));
    return pictures.flatMap((picture, index) => {
      const wrong = (structs[index] ?? []).flatMap((struct, round) => judge(struct, returned[index]?.[round] ?? 0, index));
      const [first] = wrong;
      return first === undefined ? [] : [{ message: `${describeImage(picture)} on one of ${count} threads at once: ${first}` }];
    });

    function judge(struct: NativeResult, code: number, index: number): string[] {
      if (code !== 0) return [`mvas_infer returns ${code}`];
      const different = differences(expected[index] as (typeof expected)[0], plugin.copy(struct));
      if (exports('mvas_free_result')) plugin.freeResult(struct);
      return different;
    }
  },
});
export default check;
