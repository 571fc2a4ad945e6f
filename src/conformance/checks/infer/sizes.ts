// Any size is taken or refused.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { unusualSizes } from '../../images/sizes.ts';
import { largeImage } from '../../images/varied.ts';
import { isRefusal } from '../../refusal.ts';
import { furtherProblem } from '../../result-problems.ts';
import { describeImage, drawImage, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const check = defineCheck({
  id: 'infer/sizes',
  title: 'mvas_infer takes or refuses images of any size: single pixels, rows and columns, odd and prime sides, above a megapixel',
  why: 'Regions of interest come in any size, and a camera is exchanged for one with more pixels; a crash then stops the line.',
  fix: 'Compute in 64 bits, divide by nothing that can be 0, allocate for the image that comes; refuse with −3 or −7 what makes no sense.',
  spec: 'abi.md#image',
  blind: 'Sizes that are not among the generated ones, and images of many megapixels.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random, process }) {
    plugin.start();
    const nominal = image();
    const ordinary = plugin.inspect(nominal);
    const findings: Finding[] = [];
    for (const one of within(process, picturesLike(nominal), 6)) {
      const { code, result } = plugin.infer(one);
      const problem = result === undefined ? unlessRefused(code, plugin.getError()) : furtherProblem(ordinary, nominal, result, one);
      if (problem !== undefined) findings.push({ message: `${describeImage(one)}: ${problem}` });
      if (findings.length === 3) break;
    }
    return findings;

    function* picturesLike({ width, height, format }: TestImage) {
      const kind = format ?? 'RGB';
      const sizes = unusualSizes({ width, height }, random);
      for (const size of sizes.slice(0, 6)) yield drawImage({ ...size, format: kind }, random);
      yield largeImage(kind, random);
      for (const size of sizes.slice(6)) yield drawImage({ ...size, format: kind }, random);
      for (const size of sizes.slice(0, 3)) yield drawImage({ ...size, format: kind }, random, 'black');
    }
  },
});
export default check;

function unlessRefused(code: number, error: string | null): string | undefined {
  return isRefusal(code) ? undefined : `mvas_infer returns ${code}: ${error}`;
}
