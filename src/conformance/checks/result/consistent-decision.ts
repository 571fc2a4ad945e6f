// A worse score never gives a better verdict.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { nominalPictures } from '../../images/varied.ts';
import { within } from '../../within.ts';

const ranks: Readonly<Record<string, number>> = { pass: 0, review: 1, fail: 2 };
const scored = 'anomaly_detection';

interface Verdict {
  readonly decision: string;
  readonly score: number;
  readonly picture: string;
}

const check = defineCheck({
  id: 'result/consistent-decision',
  title: 'an image with a higher anomaly_score never gets a better decision',
  why: 'Operators set a threshold by looking at scores; a verdict that does not follow them cannot be tuned.',
  fix: 'Decide by comparing anomaly_score itself with the threshold, in one place: >= threshold fails.',
  spec: 'abi.md#result',
  blind: 'Plugins other than those for anomaly detection, and images that all get the same decision.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_get_info', 'mvas_init', 'mvas_infer', 'mvas_get_error'],
  run(context) {
    const { plugin, process } = context;
    if (plugin.getInfo()?.modelType !== scored) return [];
    plugin.start();
    const verdicts: Verdict[] = [];
    for (const { name, image } of within(process, nominalPictures(context), 4)) {
      const { decision, anomalyScore } = plugin.inspect(image);
      if (decision !== null && decision in ranks) verdicts.push({ decision, score: anomalyScore, picture: name });
    }
    return contradiction(verdicts);
  },
});
export default check;

function contradiction(verdicts: readonly Verdict[]): Finding[] {
  for (const better of verdicts)
    for (const worse of verdicts)
      if (better.score > worse.score && rank(better) < rank(worse))
        return [{ message: `${words(better)}, but ${words(worse)}`, data: { better, worse } }];
  return [];
}

function rank({ decision }: Verdict): number {
  return ranks[decision] ?? 0;
}

function words({ decision, score, picture }: Verdict): string {
  return `the ${picture} image gets "${decision}" with anomaly_score ${score}`;
}
