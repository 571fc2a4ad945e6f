// RGB and BGR are two orders of the same colours.
import { defineCheck } from '../../check.ts';
import { paint } from '../../images/contents.ts';
import { differences, type ResultCopy } from '../../plugin-copies.ts';
import type { TestImage } from '../../test-image.ts';

const tolerance = 0.02;

const check = defineCheck({
  id: 'infer/channel-order',
  title: 'The same colours in RGB and in BGR give the same result',
  why: 'Cameras and image libraries differ in the order; a red defect that is inspected as blue is not found.',
  fix: 'Swap the first and third channel where format is "BGR" and the model wants RGB, or the other way round.',
  spec: 'abi.md#image',
  blind: 'Plugins that look at brightness alone, where the order is all the same, and those that take one of the two.',
  severity: 'warning',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random }) {
    plugin.start();
    const nominal = image();
    if (nominal.format !== 'RGB' && nominal.format !== 'BGR') return [];
    const other = nominal.format === 'RGB' ? 'BGR' : 'RGB';
    const picture = { ...nominal, pixels: coloured(paint('spot', nominal, random)) };
    const mirrored = { ...picture, pixels: swapped(picture) };
    const expected = plugin.inspect(picture);
    const { result } = plugin.infer({ ...mirrored, format: other });
    if (result === undefined || !(distance(expected, result) > tolerance)) return []; // NaN is not for this check
    const misread = plugin.inspect(mirrored);
    const words = differences(misread, result).length === 0 ? `; ${other} is inspected as if it were ${nominal.format}` : '';
    const message = `the same colours: anomaly_score ${result.anomalyScore} and "${result.decision}" in ${other}, ${expected.anomalyScore} and "${expected.decision}" in ${nominal.format}${words}`;
    return [{ message }];
  },
});
export default check;

/** Much of the first channel, little of the third. */
function coloured(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, at) => (at % 3 === 0 ? Math.min(255, value + 60) : at % 3 === 2 ? value >> 2 : value));
}

function swapped({ pixels }: TestImage): Uint8Array {
  return pixels.map((_value, at) => pixels[at - (at % 3) + 2 - (at % 3)] ?? 0);
}

/** How far apart two results are, by the largest difference of their scores and of what their maps hold on average. */
function distance(one: ResultCopy, other: ResultCopy): number {
  const gaps = [one.anomalyScore - other.anomalyScore, mean(one.map.data) - mean(other.map.data)];
  if (one.decision === other.decision) gaps.push(one.confidence - other.confidence);
  return Math.max(...gaps.map(Math.abs));
}

function mean(values: Float32Array | null): number {
  return values === null ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
