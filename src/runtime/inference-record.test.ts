import { expect, test } from 'vitest';
import { KitError } from '../core/kit-error.ts';
import { failureText, toFailedRecord, toRecord } from './inference-record.ts';

const result = {
  decision: 'fail',
  confidence: Math.fround(0.9),
  anomalyScore: Math.fround(1 / 3),
  inferenceTimeMs: Math.fround(12.3),
  anomalyMap: { width: 2, height: 1, data: Float32Array.of(0.25, 0.75) },
  boxes: [{ x1: 1, y1: 2, x2: 3.5, y2: 4, score: Math.fround(0.7), class: 1 }],
  details: '{"area": 7}',
  wallTimeMs: 12.345678,
};

test('a record has the names of the documents and the shortest decimals of the same floats', () => {
  const record = toRecord('a.png', result, ['scratch', 'dent']);
  expect(record).toEqual({
    image: 'a.png',
    decision: 'fail',
    confidence: 0.9,
    anomaly_score: 0.33333334,
    inference_time_ms: 12.3,
    anomaly_map: { width: 2, height: 1, min: 0.25, max: 0.75, mean: 0.5 },
    bboxes: [{ x1: 1, y1: 2, x2: 3.5, y2: 4, score: 0.7, class: 1, label: 'dent' }],
    visualization: null,
    details: { area: 7 },
    wall_time_ms: 12.346,
  });
  for (const [short, exact] of [
    [record.confidence, result.confidence],
    [record.anomaly_score, result.anomalyScore],
  ] as const)
    expect(Math.fround(short)).toBe(exact);
});

test('what the plugin did not give is null, and details that are no JSON stay text', () => {
  const bare = toRecord('a.png', { ...result, boxes: [], details: 'scratched' });
  expect(bare).toMatchObject({ bboxes: [], details: 'scratched' });
  const { anomalyMap, details, ...rest } = result;
  expect(toRecord('a.png', rest)).toMatchObject({ anomaly_map: null, details: null });
  expect([anomalyMap.width, details]).toEqual([2, '{"area": 7}']);
});

test('written files are named', () => {
  const record = toRecord('a.png', result, [], { overlay: 'overlays/a.png', map: 'maps/a.npy' });
  expect([record.visualization, record.anomaly_map?.file]).toEqual(['overlays/a.png', 'maps/a.npy']);
});

test('a class without a name has no label', () => {
  expect(toRecord('a.png', result, ['scratch']).bboxes[0]).not.toHaveProperty('label');
});

test('a failed picture keeps code, message and hint; a fault of the kit is no record', () => {
  const record = toFailedRecord('a.png', new KitError('IMAGE_INVALID', 'a.png is empty', { hint: 'leave it out' }));
  expect(record).toEqual({ image: 'a.png', error: { code: 'IMAGE_INVALID', message: 'a.png is empty', hint: 'leave it out' } });
  expect(failureText(record)).toBe('IMAGE_INVALID: a.png is empty; leave it out');
  expect(() => toFailedRecord('a.png', new TypeError('x'))).toThrow(TypeError);
});
