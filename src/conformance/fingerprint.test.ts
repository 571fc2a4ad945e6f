import { describe, expect, test } from 'vitest';
import order from './checks/determinism/order.ts';
import changingSizes from './checks/infer/changing-sizes.ts';
import { type Fingerprint, fingerprintDifference, unsteadyFields } from './fingerprint.ts';

const result = (changes: Fingerprint = {}): Fingerprint => ({ code: '0', confidence: '0.5', details_json: '"1"', ...changes });

describe('fields that are others in every process', () => {
  test('are those in which any result differs when it is made again', () => {
    expect(unsteadyFields([result(), result()], [result(), result()])).toEqual(new Set());
    expect(unsteadyFields([result(), result()], [result(), result({ details_json: '"2"' })])).toEqual(new Set(['details_json']));
    expect(unsteadyFields([result()], [{ code: '-7' }])).toEqual(new Set(['code', 'confidence', 'details_json']));
  });

  test('are ignored, and no others', () => {
    const other = result({ details_json: '"2"', confidence: '0.4' });
    expect(fingerprintDifference(result(), other, new Set(['details_json']))).toBe('confidence is 0.4 instead of 0.5');
    expect(fingerprintDifference(result(), other, new Set(['details_json', 'confidence']))).toBeUndefined();
  });
});

describe('checks that compare processes', () => {
  const processOf = (name: string, confidence = '0.5') => result({ details_json: name, confidence });
  const verdicts = {
    'determinism/order'(first: Fingerprint, other: Fingerprint, again?: Fingerprint) {
      const seen = (one: Fingerprint) => [['spot', one] as const];
      return order.isolation === 'repeated' && order.judge([seen(first), seen(other)], again && seen(again));
    },
    'infer/changing-sizes'(first: Fingerprint, other: Fingerprint, again?: Fingerprint) {
      const seen = (one: Fingerprint) => [{ image: '13×7 RGB', result: one }];
      return changingSizes.isolation === 'repeated' && changingSizes.judge([seen(first), seen(other)], again && seen(again));
    },
  };

  test.each(Object.entries(verdicts))('%s blames an order only for what is the same whenever the same is done', (_, verdict) => {
    expect(verdict(processOf('a'), processOf('b'))).toHaveLength(1);
    expect(verdict(processOf('a'), processOf('b'), processOf('c'))).toEqual([]);
    expect(verdict(processOf('a'), processOf('b', '0.4'), processOf('c'))).toHaveLength(1);
    expect(verdict(processOf('a'), processOf('a', '0.4'), processOf('a'))).toHaveLength(1);
  });
});
