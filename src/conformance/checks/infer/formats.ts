// Other formats are read rightly, or refused.
import { defineCheck } from '../../check.ts';
import type { ResultCopy } from '../../plugin-copies.ts';
import { isRefusal } from '../../refusal.ts';
import { firstProblem, furtherProblem } from '../../result-problems.ts';
import { describeImage, drawImage, formatChannels, type TestImage } from '../../test-image.ts';

const tolerance = 0.1;

const check = defineCheck({
  id: 'infer/formats',
  title: 'An image in another known format is inspected for what it shows, or refused with −7 or −3',
  why: 'A recipe that names the wrong pixel format must not go on line with verdicts over scrambled pictures.',
  fix: 'Compare format with the ones you take, convert those to what the model wants, and return MVAS_ERROR_UNSUPPORTED for the others.',
  spec: 'abi.md#image',
  blind: 'Colours that are converted wrongly by little; what a plugin makes of an alpha below 255.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random }) {
    plugin.start();
    const nominal = image();
    const own = nominal.format ?? 'RGB';
    const drawn = drawImage({ width: nominal.width, height: nominal.height, format: 'GRAY' }, random);
    const grey = { ...drawn, pixels: drawn.pixels.map((value) => value >> 1) }; // dark, so that an alpha of 255 shows
    const reference = greyIn(own, grey);
    const expected = plugin.inspect(reference);
    return Object.keys(formatChannels)
      .filter((format) => format !== own)
      .flatMap((format) => {
        const other = greyIn(format, grey);
        const { code, result } = plugin.infer(other);
        if (result === undefined && isRefusal(code)) return [];
        const problem =
          result === undefined
            ? `mvas_infer returns ${code}`
            : (furtherProblem(expected, reference, result, other) ?? misread(reference, expected, result));
        return problem === undefined ? [] : [{ message: `${describeImage(other)}: ${problem}`, data: { format, code } }];
      });
  },
});
export default check;

/** The same grey picture in any format; alpha is 255. */
function greyIn(format: string, grey: TestImage): TestImage {
  const channels = formatChannels[format] ?? 3;
  const pixels = new Uint8Array(grey.pixels.length * channels).fill(255);
  for (let channel = 0; channel < Math.min(3, channels); channel++)
    for (let from = 0, to = channel; to < pixels.length; from++, to += channels) pixels[to] = grey.pixels[from] as number;
  return { ...grey, pixels, channels, format, strideBytes: grey.width * channels };
}

/** Confidence may turn over with the decision; the score may not. */
function misread(reference: TestImage, expected: ResultCopy, actual: ResultCopy): string | undefined {
  if (firstProblem(expected, reference) !== undefined) return undefined;
  const scores: [string, number, number][] = [['anomaly_score', expected.anomalyScore, actual.anomalyScore]];
  if (expected.decision === actual.decision) scores.push(['confidence', expected.confidence, actual.confidence]);
  const wrong = scores.find(([, before, after]) => Math.abs(before - after) > tolerance);
  return wrong === undefined ? undefined : `${wrong[0]} is ${wrong[2]}, but ${wrong[1]} for the same grey picture in ${reference.format}`;
}
