// The same image gives the same result.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { differences } from '../../plugin-copies.ts';
import { describeImage } from '../../test-image.ts';

const rounds = 5;

const check = defineCheck({
  id: 'determinism/repeat',
  title: 'The same image inspected again gives the same result, bit for bit',
  why: 'A part that passes and then fails cannot be explained to anybody, and no golden image can be kept.',
  fix: 'Seed or remove random numbers, add up in a fixed order also on several threads, and keep times and counters out of details_json.',
  spec: 'abi.md#mvas_infer',
  blind: 'What changes only after hours, on other machines, or with another number of threads.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image }) {
    plugin.start();
    const picture = image();
    const first = plugin.inspect(picture);
    const findings: Finding[] = [];
    for (let round = 2; round <= rounds && findings.length === 0; round++)
      findings.push(
        ...differences(first, plugin.inspect(picture)).map((text) => ({
          message: `${describeImage(picture)}, inspection ${round} of the same image: ${text}`,
        })),
      );
    return findings;
  },
});
export default check;
