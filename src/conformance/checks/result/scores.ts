// Scores are numbers a threshold can be compared with.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const check = defineCheck({
  id: 'result/scores',
  title: 'confidence and anomaly_score are finite and between 0 and 1',
  why: 'NaN is neither above nor below a threshold: every comparison with it says no, and the part passes.',
  fix: 'Clamp scores, and look where a division by zero or the logarithm of zero can happen: flat images are the usual cause.',
  spec: 'abi.md#result',
  blind: 'Scores of images that are not tried: the nominal one, black, white and noise are.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random }) {
    plugin.start();
    const nominal = image();
    const size = nominal.pixels.length;
    const pictures = {
      nominal: nominal.pixels,
      black: new Uint8Array(size),
      white: new Uint8Array(size).fill(255),
      noise: random.bytes(size),
    };
    return Object.entries(pictures).flatMap(([name, pixels]): Finding[] => {
      const { confidence, anomalyScore } = plugin.inspect({ ...nominal, pixels });
      return Object.entries({ confidence, anomaly_score: anomalyScore })
        .filter(([, value]) => !(value >= 0 && value <= 1))
        .map(([field, value]) => ({
          message: `${field} is ${value} for the ${name} image`,
          data: { field, value: String(value), image: name },
        }));
    });
  },
});
export default check;
