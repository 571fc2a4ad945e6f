// Strides that no image has, and products that do not fit 32 bits, are refused untouched.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import { describeImage, drawImage, type TestImage } from '../../test-image.ts';

const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;

const check = defineCheck({
  id: 'infer/bad-strides',
  title: 'mvas_infer refuses a stride below a row and sizes whose product exceeds 32 bits, and reads no pixel of them',
  why: 'A product that overflows becomes a small number: the buffer is too small, the copy is not, and the heap is gone.',
  fix: 'Compute width · channels and width · height · channels in 64 bits, compare first, and return MVAS_ERROR_INVALID_INPUT.',
  spec: 'abi.md#mvas_infer',
  blind: 'Sizes that fit 32 bits but are larger than the buffer behind them: nobody can notice those.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'memory',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random, result }) {
    plugin.start();
    const nominal = image();
    const own = nominal.format ?? 'RGB';
    const tiny = drawImage({ width: 8, height: 8, format: own }, random);
    return [...shortStrides(nominal), ...overflowing(tiny)].flatMap((lying): Finding[] => {
      const code = plugin.inferInto({ ...lying, memory: 'guarded-end' }, result(0));
      if (code === -3 || (code === -7 && lying.claims.width !== undefined)) return [];
      const message = `mvas_infer of ${describeImage(lying)} returns ${code} instead of −3`;
      return [{ message, severity: code < 0 ? 'warning' : 'error', data: { ...lying.claims, code } }];
    });
  },
});
export default check;

function shortStrides(image: TestImage): TestImage[] {
  const row = image.width * image.channels;
  const single = { ...image, height: 1, pixels: image.pixels.subarray(0, row) };
  const strides = [row - 1, row - image.channels, 0, -1, -row, lowest].filter((stride) => stride < row);
  return [...strides.map((strideBytes) => ({ ...image, claims: { strideBytes } })), { ...single, claims: { strideBytes: row - 1 } }];
}

/** Products whose lower 32 bits are 0, small or negative. */
function overflowing(image: TestImage): TestImage[] {
  const { channels } = image;
  const wrapping = Math.ceil(2 ** 32 / channels);
  const sizes = [
    { width: 65_536, height: 65_536 },
    { width: 46_341, height: 46_341 },
    { width: 32_768, height: 131_072 },
    { width: Math.ceil(Math.sqrt(2 ** 32 / channels)), height: Math.ceil(Math.sqrt(2 ** 32 / channels)) },
    { width: 8, height: Math.ceil(wrapping / 8) },
    { width: 8, height: highest },
    { width: highest, height: 1 },
  ].filter(({ width, height }) => width * height * channels > highest && height <= highest);
  return sizes.map((size) => ({ ...image, claims: { ...size, strideBytes: Math.min(highest, size.width * channels) } }));
}
