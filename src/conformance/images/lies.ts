// Images that say of themselves what is not so, and how to tell.
import type { Random } from '../random.ts';
import { formatChannels, type TestImage } from '../test-image.ts';

const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;
const hostChannels = [1, 3, 4];

/** One or two fields changed to what a plugin can see is wrong, or to a part of the image, which is right. */
export function liedAbout(image: TestImage, random: Random): TestImage {
  const row = image.width * image.channels;
  const lies: readonly (() => Partial<TestImage>)[] = [
    () => ({ claims: { width: 1 + random.below(image.width) } }),
    () => ({ claims: { height: 1 + random.below(image.height) } }),
    () => ({ claims: { width: [0, -1, lowest, highest, -random.below(1000)][random.below(5)] ?? 0 } }),
    () => ({ claims: { height: [0, -1, lowest, highest, -random.below(1000)][random.below(5)] ?? 0 } }),
    () => ({ claims: { strideBytes: [row - 1, 0, -row, lowest, -1][random.below(5)] ?? 0 } }),
    () => ({ claims: { channels: [0, 2, 5, -1, lowest, highest, 65_536][random.below(7)] ?? 0 } }),
    () => ({ claims: { data: null } }),
    () => ({ format: null }),
    () => ({ format: String.fromCharCode(...Array.from(random.bytes(1 + random.below(12)), (byte) => 33 + (byte % 90))) }),
  ];
  const [one, other] = [lies[random.below(lies.length)]?.(), random.below(3) === 0 ? lies[random.below(lies.length)]?.() : undefined];
  const lied = { ...image, ...one, ...other, claims: { ...one?.claims, ...other?.claims } };
  // a height that cannot be seen to be wrong would ask for memory that is not there
  const isUnseen = isLegal(lied) && ((lied.claims.height ?? 0) > image.height || (lied.claims.width ?? 0) > image.width);
  return isUnseen ? { ...lied, claims: { ...lied.claims, strideBytes: 0 } } : lied;
}

/** The size that the plugin is told, in pixels. */
export function claimedSize(image: TestImage): { readonly width: number; readonly height: number } {
  const { width, height } = { ...image, ...image.claims };
  return { width, height };
}

/** Whether the contract allows what the struct says; the field host's "RGB" with 1 or 4 channels counts as allowed. */
export function isLegal(image: TestImage): boolean {
  const { width, height, channels, strideBytes, data } = { ...image, data: undefined, ...image.claims };
  const { format } = image;
  if (data === null || format === null || !(format in formatChannels)) return false;
  const fits = formatChannels[format] === channels || (format === 'RGB' && hostChannels.includes(channels));
  return fits && width > 0 && height > 0 && strideBytes >= width * channels && width * height * channels <= highest;
}
