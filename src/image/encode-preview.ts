// Small WebP copies of pictures for reports.

/** Encodes RGB, RGBA or grey bytes as a WebP whose longer side is at most `edge` pixels. */
export async function encodePreview(
  image: { data: Uint8Array; width: number; height: number; channels: 1 | 3 | 4 },
  edge: number,
): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { data, width, height, channels } = image;
  return await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78, effort: 2 })
    .toBuffer();
}
