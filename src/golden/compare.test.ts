import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../test/random.ts';
import type { HeatMap } from '../image/heat-map.ts';
import { compareDetails } from './compare-details.ts';
import { compareMap } from './compare-map.ts';
import { compareDecision, compareScore } from './compare-values.ts';
import { compareVisualization, type RgbImage } from './compare-visualization.ts';
import type { GoldenLine } from './golden-line.ts';
import { fullestWindow } from './outside-window.ts';
import { limitsOf, type Tolerance } from './tolerance.ts';

const scoreLimits = (ofCase?: Tolerance, ofSuite?: Tolerance) => limitsOf('anomaly_score', { case: ofCase, suite: ofSuite });
const broken = (lines: readonly GoldenLine[]): string[] => lines.filter(({ ok }) => !ok).map(({ rule }) => rule);

describe('decision and scores', () => {
  test('a decision must be the one expected, or one of several', () => {
    expect(compareDecision('pass', 'pass').ok).toBe(true);
    expect(compareDecision('pass', 'review').ok).toBe(false);
    expect(compareDecision(['fail', 'review'], 'review')).toMatchObject({ ok: true, limit: 'fail or review', limitFrom: 'case' });
    expect(compareDecision(['fail', 'review'], 'pass').ok).toBe(false);
  });

  test.each([
    [0.5, 0.5 + 0.00059, true],
    [0.5, 0.5 + 0.00061, false],
    [0.5, 0.5 - 0.00061, false],
    [0, 0.0001, true],
    [0, 0.000101, false],
    [0.5, Number.NaN, false],
    [{ min: 0.4, max: 0.6 }, 0.6, true],
    [{ min: 0.4, max: 0.6 }, 0.6001, false],
    [{ min: 0.4, max: 0.6 }, Number.NaN, false],
    [{ value: 0.5, abs: 0.1, rel: 0 }, 0.5999, true],
    [{ value: 0.5, abs: 0.1, rel: 0 }, 0.6001, false],
  ])('against %j the score %d is accepted: %s', (expected, actual, ok) => {
    expect(compareScore('anomaly_score', expected, actual, scoreLimits()).ok).toBe(ok);
  });

  test('case beats suite beats default, and the line says who set the limit', () => {
    const at = (ofCase?: Tolerance, ofSuite?: Tolerance) => compareScore('anomaly_score', 0.5, 0.55, scoreLimits(ofCase, ofSuite));
    const loose = { anomaly_score: { abs: 0.06, rel: 0 } };
    const strict = { anomaly_score: { abs: 0.01, rel: 0 } };
    expect(at()).toMatchObject({ ok: false, limitFrom: 'default' });
    expect(at({}, loose)).toMatchObject({ ok: true, limitFrom: 'suite' });
    expect(at(strict, loose)).toMatchObject({ ok: false, limitFrom: 'case', limit: 0.01 });
    expect(at({ anomaly_score: { abs: 0.06 } }, {})).toMatchObject({ ok: true, limitFrom: 'case' });
  });
});

describe('anomaly maps', () => {
  const [width, height] = [128, 96];
  const random = seededRandom(1);
  const data = Float32Array.from({ length: width * height }, () => 0.2 + random(1000) / 5000);
  data[40 * width + 60] = 0.95;
  for (let y = 70; y < 90; y += 1) for (let x = 10; x < 30; x += 1) data[y * width + x] = 0.7;
  const reference: HeatMap = { width, height, data };
  const limits = limitsOf('anomaly_map');
  const changed = (change: (values: Float32Array) => void): string[] => {
    const copy = data.slice();
    change(copy);
    return broken(compareMap(reference, { ...reference, data: copy }, limits, 0.5));
  };
  const spread = (count: number) => (values: Float32Array) => {
    // far apart, away from peak and area
    for (let at = 0; at < count; at += 1) values[Math.floor(at / 8) * 17 * width + (at % 8) * 16 + 3] = 0.45;
  };

  test('an equal map passes, and so does one with tiny differences everywhere', () => {
    expect(changed(() => {})).toEqual([]);
    expect(changed((values) => values.set(values.map((value) => value * 1.0009)))).toEqual([]);
    expect(changed((values) => values.set(values.map((value) => value * 1.0012)))).toContain('share of values outside:');
  });

  test('0.1 % of the values may be outside, one more may not', () => {
    expect(Math.floor(width * height * 0.001)).toBe(12);
    expect(changed(spread(12))).toEqual([]);
    expect(changed(spread(13))).toEqual(['share of values outside:']);
  });

  test('ten outside values in one 16×16 window pass, eleven do not', () => {
    const cluster = (count: number) => (values: Float32Array) => {
      for (let at = 0; at < count; at += 1) values[(5 + Math.floor(at / 4)) * width + 100 + (at % 4)] = 0.45;
    };
    expect(changed(cluster(10))).toEqual([]);
    expect(changed(cluster(11))).toEqual(['most values outside in a 16×16 window:']);
  });

  test('the peak may move by two pixels', () => {
    const move = (dx: number) => (values: Float32Array) => {
      values[40 * width + 60] = 0.3;
      values[40 * width + 60 + dx] = 0.95;
    };
    expect(changed(move(2))).toEqual([]);
    expect(changed(move(3))).toEqual(['peak moved by pixels:']);
  });

  test('of several equal peaks any may come first', () => {
    const flat = { width, height, data: new Float32Array(width * height).fill(0.25) };
    const raised = flat.data.slice();
    raised[5000] = 0.25001;
    expect(broken(compareMap(flat, { ...flat, data: raised }, limits, 0.5))).toEqual([]);
  });

  test('the area over the threshold must overlap by 0.99', () => {
    const erase = (count: number) => (values: Float32Array) => {
      for (let at = 0; at < count; at += 1) values[(70 + at * 4) * width + 10 + at * 3] = 0.3;
    };
    expect(changed(erase(4))).toEqual([]); // 397 of 401 places
    expect(changed(erase(5))).toEqual(['area at or over 0.5 overlaps by']);
  });

  test('values that jitter about the threshold within tolerance do not change the area', () => {
    const edge = { width, height, data: new Float32Array(width * height).fill(0.5001) };
    edge.data[0] = 0.6;
    const below = edge.data.map((value) => value - 0.0002);
    expect(broken(compareMap(edge, { ...edge, data: below }, limits, 0.5))).toEqual([]);
  });

  test('the same bytes say the same as values that only are written otherwise', () => {
    const zero = { ...reference, data: reference.data.slice().fill(0, 5, 6) };
    const minus = { ...reference, data: reference.data.slice().fill(-0, 5, 6) };
    expect(compareMap(zero, { ...zero, data: zero.data.slice() }, limits, 0.5)).toEqual(compareMap(zero, minus, limits, 0.5));
  });

  test('another size, a missing map, an unexpected map and NaN are named', () => {
    expect(broken(compareMap(reference, { ...reference, width: height, height: width }, limits, 0.5))).toEqual(['size is']);
    expect(broken(compareMap(reference, undefined, limits, 0.5))).toEqual(['size is']);
    expect(broken(compareMap(null, reference, limits, 0.5))).toEqual(['size is']);
    expect(broken(compareMap(null, undefined, limits, 0.5))).toEqual([]);
    expect(changed((values) => values.fill(Number.NaN, 7, 8))).toEqual(['values that are not finite:']);
  });
});

test('the fullest window is the one found by looking at every window', () => {
  const random = seededRandom(3);
  for (const [width, height] of [
    [40, 33],
    [16, 16],
    [5, 40],
    [40, 5],
    [1, 1],
  ] as const) {
    // biome-ignore format: sizes
    const marks = Uint8Array.from({ length: width * height }, () => Number(random(10) === 0));
    let most = 0;
    for (let y = 0; y <= Math.max(0, height - 16); y += 1)
      for (let x = 0; x <= Math.max(0, width - 16); x += 1) {
        let count = 0;
        for (let dy = 0; dy < Math.min(16, height); dy += 1)
          for (let dx = 0; dx < Math.min(16, width); dx += 1) count += marks[(y + dy) * width + x + dx] ?? 0;
        most = Math.max(most, count);
      }
    expect(fullestWindow(marks, width, height)).toBe(most);
  }
});

describe('visualizations', () => {
  const [width, height] = [200, 100];
  const reference: RgbImage = { width, height, data: new Uint8Array(width * height * 3).fill(100) };
  const limits = limitsOf('visualization');
  const changed = (change: (bytes: Uint8Array) => void): string[] => {
    const copy = reference.data.slice();
    change(copy);
    return broken(compareVisualization(reference, { ...reference, data: copy }, limits));
  };

  test('two levels everywhere pass, three do not', () => {
    expect(changed((bytes) => bytes.fill(102))).toEqual([]);
    expect(changed((bytes) => bytes.fill(103)).length).toBe(2);
  });

  test('a scratch of one pixel width and 11 pixels length does not pass, though it is under 0.1 %', () => {
    const scratch = (length: number) => (bytes: Uint8Array) => {
      for (let at = 0; at < length; at += 1) bytes[((20 + at) * width + 50) * 3 + 1] = 140;
    };
    expect(changed(scratch(10))).toEqual([]);
    expect(changed(scratch(11))).toEqual(['most such pixels in a 16×16 window:']);
  });

  test('0.1 % of the pixels may differ, one more may not', () => {
    const dots = (count: number) => (bytes: Uint8Array) => {
      for (let at = 0; at < count; at += 1) bytes[(Math.floor(at / 7) * 30 * width + (at % 7) * 25) * 3] = 0;
    };
    expect(changed(dots(20))).toEqual([]);
    expect(changed(dots(21))).toEqual(['share of pixels over 2 levels off:']);
  });

  test('another size and a missing one are named', () => {
    expect(broken(compareVisualization(reference, undefined, limits))).toEqual(['size is']);
    expect(broken(compareVisualization(null, reference, limits))).toEqual(['size is']);
    expect(broken(compareVisualization(null, undefined, limits))).toEqual([]);
  });
});

describe('details', () => {
  const limits = limitsOf('details');
  const compare = (expected: unknown, actual: unknown, ignore: string[] = []) =>
    compareDetails(expected, JSON.stringify(actual), limits, ignore);

  test('numbers have tolerance, everything else is exact, the order of keys is free', () => {
    expect(compare({ a: 1, b: ['x', null, true] }, { b: ['x', null, true], a: 1.001 }).ok).toBe(true);
    expect(compare({ a: 1 }, { a: 1.0012 })).toMatchObject({ ok: false, note: '/a is 1.0012, expected 1' });
    expect(compare({ a: 'x' }, { a: 'y' }).ok).toBe(false);
    expect(compare({ a: null }, {}).note).toBe('/a is missing, expected null');
    expect(compare({}, { a: 1 }).note).toBe('/a is 1, expected missing');
    expect(compare([1, 2], [1]).ok).toBe(false);
    expect(compare([], {}).ok).toBe(false);
    expect(compare(1, '1').ok).toBe(false);
  });

  test('ignored places and all below them are left out, also with escaped names', () => {
    expect(compare({ t: { ms: 1 }, 'a/b': 1, c: 2 }, { t: { us: 3 }, 'a/b': 2, c: 2 }, ['/t', '/a~1b']).ok).toBe(true);
    expect(compare({ t: { ms: 1 }, c: 2 }, { t: { ms: 9 }, c: 3 }, ['/t']).note).toBe('/c is 3, expected 2');
  });

  test('no details, and a text that is no JSON', () => {
    expect(compareDetails(null, undefined, limits, []).ok).toBe(true);
    expect(compareDetails({ a: 1 }, undefined, limits, []).ok).toBe(false);
    expect(compareDetails({ a: 1 }, '{"a": 1', limits, [])).toMatchObject({ ok: false, note: 'the text is not valid JSON' });
  });
});
