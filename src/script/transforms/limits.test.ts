import { expect, test } from 'vitest';
import type { Value } from './pixels.ts';
import { defaults, type Operation, runStep, type Step } from './steps.ts';

const grey = { kind: 'pixels', width: 40, height: 30, channels: 1, order: 'GRAY', flat: false, data: new Uint8Array(1200) } as const;
const colour: Value = { ...grey, channels: 3, order: 'RGB', data: new Uint8Array(3600) };
const tensor: Value = { kind: 'tensor', dims: [1, 3, 30, 40], type: 'float32', data: new Float32Array(3600) };
const step = (op: Operation, params: Step['params'] = {}): Step => ({ op, params: { ...defaults[op], ...params } });

test.each<[string, Value, Step, string]>([
  ['memory beyond what models need', colour, step('resize', { width: 16384, height: 16384 }), 'would make 805306368 values'],
  ['the same as a border around it', colour, step('resize', { width: 16384, height: 16384, keep_aspect: true }), 'would make'],
  ['a part that the picture does not hold', colour, step('crop_roi', { x: 30, y: 0, width: 20, height: 10 }), 'does not hold'],
  ['a centre larger than the picture', colour, step('crop_center'), 'does not hold'],
  ['a swap of colours in a grey picture', grey, step('bgr2rgb'), 'this one is grey'],
  ['an even kernel', grey, step('gaussian_blur', { kernel_size: 4 }), 'it must be odd'],
  ['a kernel without end', grey, step('gaussian_blur', { kernel_size: 0, sigma: 1e9 }), 'at most 255'],
  ['a kernel of no size', grey, step('gaussian_blur', { kernel_size: 0 }), 'neither kernel_size nor sigma'],
  ['contrast of colours', colour, step('clahe'), 'takes grey pictures of 8 bits'],
  ['more tiles than pixels', grey, step('clahe', { tile_grid_size: [41, 1] }), 'none without a pixel'],
  ['tables beyond measure', { ...grey, width: 5000, height: 5000 }, step('clahe', { tile_grid_size: [5000, 5000] }), 'at most 4096'],
  ['means for other channels', grey, step('normalize', { mean: [1, 2, 3] }), '3 values of mean for 1 channel(s)'],
  ['a picture’s transform after the tensor', tensor, step('resize'), 'comes after to_tensor'],
  ['a second dimension of the batch', tensor, step('add_batch_dim'), 'is there twice'],
])('%s is refused', (_title, value, order, reason) => {
  expect(() => runStep(value, order)).toThrow(reason);
});

test('a mask of another size is refused', () => {
  const mask = { path: 'm.png', width: 4, height: 4, channels: 1, data: new Uint8Array(16) } as const;
  expect(() => runStep(grey, { op: 'apply_mask', params: {}, mask })).toThrow('has a mask of 4×4 pixels for a picture of 40×30');
});

test('a picture that comes in a Buffer, as decoders give it, is changed without the deprecated constructor of those', () => {
  const scaled = runStep({ ...colour, data: Buffer.alloc(3600, 7) }, step('resize', { width: 20, height: 15 }));
  expect(Buffer.isBuffer(scaled.data)).toBe(false);
  expect(new Set(scaled.data)).toEqual(new Set([7]));
});
