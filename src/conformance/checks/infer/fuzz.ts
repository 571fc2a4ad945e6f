// Whatever comes, there is an answer.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { anyImage } from '../../images/any-image.ts';
import { claimedSize, isLegal, liedAbout } from '../../images/lies.ts';
import { nominalPictures } from '../../images/varied.ts';
import { isRefusal } from '../../refusal.ts';
import { furtherProblem } from '../../result-problems.ts';
import { describeImage, formatChannels, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const rounds = 48;
const mostFindings = 3;

const check = defineCheck({
  id: 'infer/fuzz',
  title: 'Any picture, in any size, format, layout and with any fields, is inspected with a valid result or refused with a code',
  why: 'Lines run for years: an image that is all white, one pixel high or described wrongly comes some night.',
  fix: 'The finding names the image: repeat it with the seed and look at what the plugin computes from it.',
  spec: 'abi.md#mvas_infer',
  blind: 'What no image at random brings about; a slow plugin sees fewer of them. `--seed` with another number draws others.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run(context) {
    const { plugin, process, image, random } = context;
    plugin.start();
    const nominal = image();
    const ordinary = plugin.inspect(nominal);
    const findings: Finding[] = [];
    for (const one of within(process, drawn(), 4)) {
      const { code, result } = plugin.infer(one);
      const problem =
        result === undefined
          ? refusalProblem(code, one, nominal)
          : resultProblem(one, () => furtherProblem(ordinary, nominal, result, { ...one, ...claimedSize(one) }));
      if (problem !== undefined) findings.push({ message: `${describeImage(one)}: ${problem}` });
      if (findings.length === mostFindings) break;
    }
    return findings;

    function* drawn(): Generator<TestImage> {
      const formats = Object.keys(formatChannels);
      const nominals = nominalPictures(context);
      for (let round = 0; round < rounds; round++) {
        const picture = round % 4 === 0 ? nominals.next().value?.image : undefined;
        const drawn = picture ?? anyImage(formats, nominal, random);
        const memory = (['guarded-end', 'guarded-start', 'read-only', 'plain'] as const)[random.below(4)] ?? 'plain';
        yield { ...(round % 3 === 2 ? liedAbout(drawn, random) : drawn), memory };
      }
    }
  },
});
export default check;

function refusalProblem(code: number, image: TestImage, nominal: TestImage): string | undefined {
  if (code > 0) return `mvas_infer returns ${code}`;
  if (!isLegal(image)) return undefined;
  const { width, height } = claimedSize(image);
  const isOwn = width === nominal.width && height === nominal.height && image.format === nominal.format;
  return isRefusal(code) && !isOwn ? undefined : `mvas_infer returns ${code}`;
}

function resultProblem(image: TestImage, ofResult: () => string | undefined): string | undefined {
  return isLegal(image) ? ofResult() : 'mvas_infer returns 0 for an image that cannot be';
}
