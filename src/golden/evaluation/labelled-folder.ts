// Pictures of good and of defective parts in folders that say which is which, with masks where somebody drew them.
import { join } from 'node:path';
import { KitError } from '../../core/kit-error.ts';
import { listImageFiles } from '../../image/image-files.ts';

/** A picture whose label is the name of its folder. */
export interface LabelledPicture {
  /** Path relative to the labelled folder, with `/`. */
  readonly image: string;
  readonly label: string;
  readonly defect: boolean;
  /** Path of its mask relative to the labelled folder. */
  readonly mask?: string;
}

const goodNames: readonly string[] = ['good', 'ok'];
const maskNames: readonly string[] = ['masks', 'ground_truth'];

/**
 * Lists a labelled folder: `good` (or `ok`) holds good parts, every other folder a kind of defect, `masks` (or `ground_truth`) the
 * masks, by the picture's own name, the folder of its label before it or not, `_mask` after it or not.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, or `NOTHING_TESTED` when one class has no picture.
 */
export async function listLabelled(folder: string): Promise<LabelledPicture[]> {
  const files = await listImageFiles(folder);
  const top = (path: string): string => path.split('/')[0] ?? '';
  const masks = new Map(
    files.filter((path) => maskNames.includes(top(path))).map((path) => [stem(path.slice(top(path).length + 1)), path]),
  );
  const pictures = files
    .filter((path) => path.includes('/') && !maskNames.includes(top(path)))
    .map((image) => ({ image, label: top(image), defect: !goodNames.includes(top(image)), ...maskFor(image, masks) }));
  for (const defect of [false, true]) {
    if (pictures.some((picture) => picture.defect === defect)) continue;
    const place = defect ? 'a folder named after the defect' : join(folder, 'good');
    throw new KitError('NOTHING_TESTED', `${folder} holds no pictures of ${defect ? 'defective' : 'good'} parts`, {
      hint: `put some into ${place}`,
    });
  }
  return pictures;
}

function maskFor(image: string, masks: ReadonlyMap<string, string>): { mask?: string } {
  const whole = stem(image);
  const name = whole.slice(whole.indexOf('/') + 1);
  const found = [whole, `${whole}_mask`, name, `${name}_mask`].map((one) => masks.get(one)).find((path) => path !== undefined);
  return found === undefined ? {} : { mask: found };
}

function stem(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}
