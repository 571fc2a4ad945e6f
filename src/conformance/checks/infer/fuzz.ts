// Whatever comes, there is an answer.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { imageDrawer } from '../../images/any-image.ts';
import { claimedSize, isLegal, liar } from '../../images/lies.ts';
import { turns } from '../../images/turns.ts';
import { nominalPictures } from '../../images/varied.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import { isRefusal } from '../../refusal.ts';
import { furtherProblem, quoted } from '../../result-problems.ts';
import { describeImage, formatChannels, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const rounds = 48;
const mostFindings = 3;
/** From so many on it is worth a word that one answer fits them all. */
const fewestPictures = 5;

const check = defineCheck({
  id: 'infer/fuzz',
  title: 'Any picture, in any size, format, layout and with any fields, is inspected with a valid result or refused with a code',
  why: 'Lines run for years: an image that is all white, one pixel high or described wrongly comes some night.',
  fix: 'The finding names the image: repeat it with the seed and look at what the plugin computes from it. Where all pictures get the same result, look whether the pixels reach the computation.',
  spec: 'abi.md#mvas_infer',
  blind: 'What no image at random brings about; a slow plugin sees fewer of them. `--seed` with another number draws others.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run(context) {
    const { plugin, process, image, random } = context;
    plugin.start();
    const nominal = image();
    const ordinary = plugin.inspect(nominal);
    const findings: Finding[] = [];
    let [compared, isAlwaysTheSame] = [0, true];
    for (const one of within(process, drawn(), 6)) {
      const { code, result } = plugin.infer(one);
      if (result !== undefined && isAlwaysTheSame && isOrdinary(one, nominal)) {
        compared += 1;
        isAlwaysTheSame = differences(ordinary, result).length === 0;
      }
      const problem =
        result === undefined
          ? refusalProblem(code, one, nominal)
          : resultProblem(one, () => furtherProblem(ordinary, nominal, result, { ...one, ...claimedSize(one) }));
      if (problem !== undefined) findings.push({ message: `${describeImage(one)}: ${problem}` });
      if (findings.length === mostFindings) break;
    }
    return [...findings, ...(isAlwaysTheSame && compared >= fewestPictures ? [unmoved(compared, ordinary, nominal)] : [])];

    /** Two right ones, one that is lied about, and so on; what takes turns among the ones takes none away from the others. */
    function* drawn(): Generator<TestImage> {
      const [right, wrong] = [rightOnes(), lies()];
      for (let round = 0; round < rounds; round++) yield (round % 3 === 2 ? wrong : right).next().value;
    }

    /** Every picture of the ordinary kind, and two others for each. */
    function* rightOnes(): Generator<TestImage, never> {
      const [ordinary, other] = [placed(), placed()];
      const nominals = nominalPictures(context);
      const anyOther = anyFormat();
      for (;;) {
        const picture = nominals.next().value;
        yield picture === undefined ? other(anyOther()) : ordinary(picture.image);
        yield other(anyOther());
        yield other(anyOther());
      }
    }

    function* lies(): Generator<TestImage, never> {
      const [draw, lie, place] = [anyFormat(), liar(random), placed()];
      for (;;) yield place(lie(draw()));
    }

    function anyFormat(): () => TestImage {
      const [draw, format] = [imageDrawer(nominal, random), turns(Object.keys(formatChannels), random)];
      return () => draw(format());
    }

    function placed(): (one: TestImage) => TestImage {
      const memory = turns(['guarded-end', 'guarded-start', 'read-only', 'plain'] as const, random);
      return (one) => ({ ...one, memory: memory() });
    }
  },
});
export default check;

/** Whether an image is of the plugin's own size and format. */
function isOrdinary(image: TestImage, nominal: TestImage): boolean {
  const { width, height } = claimedSize(image);
  return width === nominal.width && height === nominal.height && image.format === nominal.format;
}

/** Only worth knowing: a correct plugin may see nothing of its own in any picture that is made up. */
function unmoved(compared: number, { decision, anomalyScore }: ResultCopy, nominal: TestImage): Finding {
  return {
    message: `${compared} different pictures as ${describeImage(nominal)} get the same result as the first, ${quoted(decision)} with anomaly_score ${anomalyScore}: does it look at the picture?`,
    severity: 'info',
    data: { pictures: compared },
  };
}

function refusalProblem(code: number, image: TestImage, nominal: TestImage): string | undefined {
  if (code > 0) return `mvas_infer returns ${code}`;
  if (!isLegal(image)) return undefined;
  return isRefusal(code) && !isOrdinary(image, nominal) ? undefined : `mvas_infer returns ${code}`;
}

function resultProblem(image: TestImage, ofResult: () => string | undefined): string | undefined {
  return isLegal(image) ? ofResult() : 'mvas_infer returns 0 for an image that cannot be';
}
