// Both kinds of host give the same plain values, errors and states.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/harness/open-plugin.ts';
import { openPluginInProcess } from '../../src/harness/open-plugin-in-process.ts';
import type { PluginHost } from '../../src/harness/plugin-host.ts';
import type { Frame } from '../../src/image/frame.ts';
import { compilePlugin } from '../compile-plugin.ts';

const [width, height, strideBytes] = [5, 4, 20];

/** Bytes that count up, so that every pixel and the padding differ; the last row has no padding. */
function frame(format = 'RGB'): Frame {
  const data = Uint8Array.from({ length: strideBytes * (height - 1) + width * 3 }, (_, index) => index);
  return { data, width, height, channels: 3, strideBytes, format };
}

/** What the plugin computes over the pixels, padding left out: 64-bit arithmetic that wraps. */
function checksum({ data }: Frame): string {
  let sum = 0n;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width * 3; x += 1) sum = BigInt.asUintN(64, sum * 31n + BigInt(data[y * strideBytes + x] ?? 0));
  return sum.toString(16);
}

const kinds = [
  ['isolated', openPlugin],
  ['in-process', openPluginInProcess],
] as const;

describe.each(kinds)('an %s host', (_kind, open) => {
  let library: string;
  let bare: string;
  const hosts: PluginHost[] = [];

  beforeAll(async () => {
    const source = 'test/plugins/harness/faults.c';
    [library, bare] = await Promise.all([compilePlugin(source, { extraFlags: ['-DWITH_OPTIONAL'] }), compilePlugin(source)]);
  });
  afterAll(() => Promise.all(hosts.map((host) => host.dispose())));

  async function ready(config = '{}', path = library): Promise<PluginHost> {
    const host = await open(path);
    hosts.push(host);
    await host.init(null, config);
    return host;
  }

  test('tells who the plugin is, with defaults for what it leaves NULL', async () => {
    const host = await open(library);
    hosts.push(host);
    expect(await host.info()).toEqual({
      name: 'Faults',
      version: '1.0.0',
      author: '',
      description: '',
      modelType: 'anomaly_detection',
      inputWidth: 64,
      inputHeight: 48,
      inputFormat: 'RGB',
    });
    expect(host.exports.has('mvas_warmup')).toBe(true);
    expect(host.exports.has('mvas_free_result')).toBe(false);
    expect(host.loadTimeMs).toBeGreaterThan(0);
  });

  test('hands over every pixel and format and copies every field of the result', async () => {
    const host = await ready();
    const result = await host.infer(frame('BGR'));
    expect(result).toEqual({
      decision: 'review',
      confidence: 0.5,
      anomalyScore: 0.25,
      inferenceTimeMs: 1.5,
      anomalyMap: { width: 3, height: 2, data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 0.125) },
      boxes: [
        { x1: 1, y1: 2, x2: 3, y2: 4, score: 0.5, class: 0 },
        { x1: 5, y1: 6, x2: 7, y2: 8, score: 0.25, class: 3 },
      ],
      visualization: { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
      details: `{"sum": "${checksum(frame())}", "format": "BGR"}`,
      wallTimeMs: expect.any(Number),
    });
  });

  test('a result that leaves everything out has unknown decision and no pictures', async () => {
    const host = await ready('{"bare": 1}');
    const result = await host.infer(frame());
    expect(result).toMatchObject({ decision: 'unknown', boxes: [], confidence: 0 });
    expect(Object.keys(result)).not.toEqual(expect.arrayContaining(['anomalyMap']));
    expect(result.visualization ?? result.details ?? result.anomalyMap).toBeUndefined();
  });

  test('results are copies: a later one does not change an earlier one', async () => {
    const host = await ready();
    const first = await host.infer(frame('RGB'));
    const second = await host.infer({ ...frame('RGB'), data: frame().data.map((value) => 255 - value) });
    expect(first.details).not.toBe(second.details);
    expect(first.details).toBe(`{"sum": "${checksum(frame())}", "format": "RGB"}`);
  });

  test('a batch gives what single calls give, with frames of different sizes', async () => {
    const host = await ready();
    const small: Frame = { data: Uint8Array.of(1, 2, 3), width: 1, height: 1, channels: 3, strideBytes: 3, format: 'RGB' };
    const results = await host.inferBatch([frame(), small, frame('BGR')]);
    const singles = [await host.infer(frame()), await host.infer(small), await host.infer(frame('BGR'))];
    expect(results.map(({ details }) => details)).toEqual(singles.map(({ details }) => details));
    expect(await host.inferBatch([])).toEqual([]);
  });

  test('configuration goes in and comes out as text, an unknown key with its code', async () => {
    const host = await ready();
    await host.setConfig({ 'a.b': '0.5', name: 'größer' });
    expect(await host.getConfig()).toBe('a.b=0.5;name=größer;');
    await expect(host.setConfig({ unknown: '1' })).rejects.toMatchObject({
      code: 'PLUGIN_FAILED',
      message: 'mvas_set_config failed: unknown key unknown',
      returned: -7,
    });
  });

  test('failures carry the words of the documents and of the plugin', async () => {
    const failing = await ready('{"failure": 1}');
    await expect(failing.infer(frame())).rejects.toMatchObject({ message: 'Inference failed: the lamp is off', returned: -4 });
    expect(await failing.error()).toBe('the lamp is off');
    const silent = await ready('{"silent-failure": 1}');
    await expect(silent.infer(frame())).rejects.toThrow('Inference failed: code -4 (MVAS_ERROR_INFERENCE)');
    await expect(silent.init('model', '{"init-fails": 1}')).rejects.toThrow('Plugin init failed: the model is of another kind');
  });

  test('a call in the wrong state never reaches the plugin, unless it is made through raw', async () => {
    const host = await open(library);
    hosts.push(host);
    await expect(host.infer(frame())).rejects.toMatchObject({ code: 'STATE_INVALID' });
    await host.raw.cleanup(); // hosts in one process share the library, and with it its state
    await expect(host.raw.infer(frame())).rejects.toMatchObject({ code: 'PLUGIN_FAILED', returned: -5 });
    await host.cleanup();
    await host.init(null);
    expect(host.state).toBe('ready');
    await host.cleanup();
    await host.cleanup();
    expect(host.state).toBe('unloaded');
    await host.dispose();
    await host.dispose();
    await expect(host.info()).rejects.toMatchObject({ code: 'STATE_INVALID' });
  });

  test('a function that the plugin does not export is named; warm-up and configuration are simply left out', async () => {
    const host = await ready('{}', bare);
    await host.warmup();
    expect(await host.getConfig()).toBeNull();
    await expect(host.inferBatch([frame()])).rejects.toThrow('mvas_infer_batch');
    await expect(host.setConfig({ a: '1' })).rejects.toThrow('mvas_set_config');
  });

  test('a frame shorter than it says is refused before the plugin reads past it', async () => {
    const host = await ready();
    await expect(host.infer({ ...frame(), data: frame().data.subarray(1) })).rejects.toMatchObject({ code: 'IMAGE_INVALID' });
  });

  test('sizes that cannot be meant are refused', async () => {
    const host = await ready('{"huge-map": 1}');
    await expect(host.infer(frame())).rejects.toThrow(/2147483648 values/);
  });

  test('a changed rounding direction does not reach the arithmetic of JavaScript', async () => {
    const host = await ready('{"rounding": 1}');
    const first = await host.infer(frame());
    const [tiny, one] = new Float64Array([2 ** -60, 1]) as unknown as [number, number];
    expect(one + tiny).toBe(1);
    expect(first.decision).toBe('review');
  });

  test('a plugin that needs six megabytes of stack has them', async () => {
    const host = await ready('{"deep-stack": 1}');
    expect((await host.infer(frame())).decision).toBe('review');
  });

  test('calls made at once are answered in order', async () => {
    const host = await ready();
    const sums = await Promise.all(
      [1, 2, 3, 4].map(async (value) => (await host.infer({ ...frame(), data: frame().data.map(() => value) })).details),
    );
    expect(new Set(sums).size).toBe(4);
    expect(sums[0]).toBe((await host.infer({ ...frame(), data: frame().data.map(() => 1) })).details);
  });
});
