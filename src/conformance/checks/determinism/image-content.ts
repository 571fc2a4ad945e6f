// A verdict is about the pixels.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { imageDrawer } from '../../images/any-image.ts';
import { layouts } from '../../images/layouts.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import { NotReached } from '../../plugin-session.ts';
import { sameFor, steadyResult } from '../../same-results.ts';
import { describeImage, type TestImage } from '../../test-image.ts';
import { within } from '../../within.ts';

const most = 12;
const [darkest, brightest] = [63, 255];

interface Reference {
  readonly image: TestImage;
  readonly expected: ResultCopy;
}

/** One after the other, so that each has its turn. */
const others = ['GRAY', 'RGBA', 'BGR', 'RGB'];

const check = defineCheck({
  id: 'determinism/image-content',
  title: 'The same pixels in the same size and format give bitwise the same result, wherever they lie and whatever came before',
  why: 'A verdict that depends on an address cannot be repeated in the laboratory: nobody finds out why the part was rejected.',
  fix: 'Read each pixel once through stride; initialise every buffer; key no cache by address; let vector loops and their ends compute alike.',
  spec: 'abi.md#mvas_infer',
  blind: 'Dependence on time, on threads, on other processes, and on images other than those drawn.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random, process }) {
    plugin.start();
    const nominal = image();
    const expected = steadyResult(plugin, nominal);
    const [sheared] = sameFor(plugin, expected, { ...nominal, strideBytes: nominal.strideBytes + 13, padding: 0xee });
    if (sheared !== undefined) throw new NotReached(sheared.message);
    const layout = layouts(random, 'padded');
    const known: Reference[] = [{ image: nominal, expected }];
    for (const one of within(process, drawn(nominal), 2)) {
      const { result } = plugin.infer(one);
      if (result !== undefined) known.push({ image: one, expected: result });
    }
    // backwards: each image has other neighbours than before
    for (const reference of within(process, known.reverse(), 2)) {
      const findings = differently(reference);
      if (findings.length > 0) return findings;
    }
    return [];

    /** A single row has no stride to be misread, so that none is drawn. The padding is dark, and bright when the image comes again. */
    function* drawn({ format }: TestImage): Generator<TestImage> {
      const own = format ?? 'RGB';
      const draw = imageDrawer(nominal, random, 'several rows');
      yield { ...nominal, pixels: random.bytes(nominal.pixels.length) };
      for (let count = 0; count < most; count++) {
        const other = others[Math.floor(count / 3) % others.length] ?? own;
        const one = draw(count % 3 === 2 ? other : own);
        yield { ...one, padding: one.padding & darkest, offsetBytes: 0 };
      }
    }

    function differently({ image: one, expected: before }: Reference): Finding[] {
      const laid: TestImage = { ...one, ...layout(one), padding: brightest - one.padding };
      const { code, result } = plugin.infer(laid);
      if (result === undefined)
        return [{ message: `${describeImage(one)} is inspected, ${describeImage(laid)} with the same pixels is refused with ${code}` }];
      const different = differences(before, result);
      return different.length === 0
        ? []
        : [{ message: `${describeImage(laid)}, the same pixels as ${describeImage(one)} before: ${different.join('; ')}` }];
    }
  },
});
export default check;
