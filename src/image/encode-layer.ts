// Pictures for pages: small, as data URIs.
import type { Layer } from './map-layers.ts';

interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** A WebP of at most `edge` pixels on its longer side, as a data URI. */
export async function pictureUri(image: Pixels, edge: number): Promise<string> {
  const { default: sharp } = await import('sharp');
  const { data, width, height, channels } = image;
  const bytes = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82, effort: 2 })
    .toBuffer();
  return `data:image/webp;base64,${bytes.toString('base64')}`;
}

/** A layer as it is, transparency exact, as a data URI. */
export async function layerUri({ data, width, height }: Layer): Promise<string> {
  const { default: sharp } = await import('sharp');
  const bytes = await sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .webp({ quality: 88, alphaQuality: 100, effort: 2 })
    .toBuffer();
  return `data:image/webp;base64,${bytes.toString('base64')}`;
}
