// An inspection depends on nothing that came before.
import { defineCheck } from '../../check.ts';
import { type Fingerprint, fingerprint, fingerprintDifference, unsteadyFields } from '../../fingerprint.ts';
import { paint } from '../../images/contents.ts';

const pictures = ['spot', 'black', 'noise'] as const;
type Seen = readonly (readonly [picture: string, result: Fingerprint])[];

const check = defineCheck({
  id: 'determinism/order',
  title: 'A result does not depend on the images before it, nor on calls that failed',
  why: 'The part behind a defective one gets its verdict, and no repeated measurement shows why.',
  fix: 'Keep nothing of an image from call to call: no running averages, no buffers that are not overwritten whole, no early return that leaves them half done.',
  spec: 'abi.md#mvas_infer',
  blind: 'What is carried over more than two images; fields that are others in every process, which determinism/processes looks at.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'repeated',
  processes: 'copied',
  again: true,
  variants: [{ name: 'in this order' }, { name: 'in the other order, after failed calls' }],
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  observe({ plugin, image, random }, { name }): Seen {
    plugin.start();
    const nominal = image();
    const drawn = pictures.map((picture) => [picture, { ...nominal, pixels: paint(picture, nominal, random) }] as const);
    const isOther = name !== 'in this order';
    return (isOther ? drawn.reverse() : drawn).map(([picture, one]) => {
      if (isOther) {
        plugin.infer({ ...one, claims: { data: null } });
        plugin.infer({ ...one, format: 'unknown' });
        plugin.infer({ ...one, claims: { strideBytes: 1 } });
      }
      return [picture, fingerprint(plugin.infer(one))] as const;
    });
  },
  judge([one = [], other = []], again = one) {
    const before = new Map(one);
    const unsteady = unsteadyFields(resultsOf(one), resultsOf(again));
    return other.flatMap(([picture, result]) => {
      const difference = fingerprintDifference(before.get(picture) ?? {}, result, unsteady);
      return difference === undefined ? [] : [{ message: `the ${picture} image, with other images before it: ${difference}` }];
    });
  },
});
export default check;

function resultsOf(seen: Seen): Fingerprint[] {
  return seen.map(([, result]) => result);
}
