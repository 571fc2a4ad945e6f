// Images that say of themselves what is not so, and how to tell.
import type { Random } from '../random.ts';
import { formatChannels, type TestImage } from '../test-image.ts';
import { turns } from './turns.ts';

const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;
const hostChannels = [1, 3, 4];

type Lie = (image: TestImage, random: Random) => Partial<TestImage>;

const oneOf = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)] as T;
const rowOf = ({ width, channels }: TestImage) => width * channels;

/** What a plugin can see is wrong, and two parts of an image, which are right. */
const lies: readonly Lie[] = [
  ({ width }, random) => ({ claims: { width: 1 + random.below(width) } }),
  ({ height }, random) => ({ claims: { height: 1 + random.below(height) } }),
  () => ({ claims: { width: 0 } }),
  (_image, random) => ({ claims: { width: oneOf([-1, lowest, -1 - random.below(1000)], random) } }),
  () => ({ claims: { height: 0 } }),
  (_image, random) => ({ claims: { height: oneOf([-1, lowest, -1 - random.below(1000)], random) } }),
  (image, random) => ({ claims: { strideBytes: oneOf([rowOf(image) - 1, 0], random) } }),
  (image) => ({ claims: { strideBytes: -rowOf(image) } }),
  (_image, random) => ({ claims: { strideBytes: oneOf([-1, lowest], random) } }),
  (_image, random) => ({ claims: { channels: oneOf([0, -1, lowest], random) } }),
  (_image, random) => ({ claims: { channels: oneOf([2, 5, 65_536, highest], random) } }),
  () => ({ claims: { data: null } }),
  () => ({ format: null }),
  (_image, random) => ({ format: String.fromCharCode(...Array.from(random.bytes(1 + random.below(12)), (byte) => 33 + (byte % 90))) }),
];

/** Tells lies about images: each of them alone, then, of all the same kinds, two at once. */
export function liar(random: Random): (image: TestImage) => TestImage {
  const lie = turns(lies, random);
  let told = 0;
  return (image) => {
    told += 1;
    const [one, other] = [lie()(image, random), told > lies.length ? oneOf(lies, random)(image, random) : undefined];
    const lied = { ...image, ...one, ...other, claims: { ...one.claims, ...other?.claims } };
    // a size that cannot be seen to be wrong would ask for memory that is not there
    const isUnseen = isLegal(lied) && ((lied.claims.height ?? 0) > image.height || (lied.claims.width ?? 0) > image.width);
    return isUnseen ? { ...lied, claims: { ...lied.claims, strideBytes: 0 } } : lied;
  };
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
