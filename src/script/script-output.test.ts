import { expect, test } from 'vitest';
import { readScriptOutput } from './script-output.ts';

const tensor = (dims: readonly number[], values: readonly number[]) => ({ dims, data: Float32Array.from(values) });
const map = tensor([1, 1, 2, 2], [0.5, 2, -1, 0.25]);
const score = tensor([1], [0.75]);

test.each([
  ['a single output is score and map', { whatever: map }, 'anomaly_score', { score: 2, map: { width: 2, height: 2, data: map.data } }],
  ['a single value is a score without a map', { whatever: score }, 'anomaly_score', { score: 0.75 }],
  ['outputs are known by name', { output_1: map, output_0: score }, 'anomaly_score', { score: 0.75, map: { width: 2 } }],
  ['the first of the known names wins', { output: tensor([1], [3]), anomaly_score: score }, 'anomaly_score', { score: 0.75 }],
  ['the name of the metric wins over all', { output: tensor([1], [3]), fill_level: score }, 'fill_level', { score: 0.75 }],
  ['a score of many values is their maximum', { score: map, heatmap: map }, 'anomaly_score', { score: 2, map: { height: 2 } }],
])('%s', (_title, outputs, metric, found) => {
  expect(readScriptOutput(outputs, metric)).toMatchObject(found);
});

test('scores beyond 0..1 stay as they are', () => {
  expect(readScriptOutput({ output: tensor([1], [17.5]) }, 'anomaly_score').score).toBe(17.5);
});

test.each([
  ['without a known name', { labels: score, mask: map }, 'has no output that is the score: labels 1, mask 1×1×2×2'],
  ['named like a member of every object', { constructor: score, mask: map }, 'has no output that is the score'],
  ['that is no number', { output: tensor([1, 2], [0.1, Number.NaN]) }, 'gave NaN'],
  ['that is infinite', { output: tensor([1], [Number.NEGATIVE_INFINITY]) }, 'gave -Infinity'],
  ['that is empty', { output: tensor([0], []) }, 'an empty score'],
])('a score %s is refused', (_title, outputs, reason) => {
  expect(() => readScriptOutput(outputs, 'anomaly_score')).toThrow(reason);
});
