// Writes 8 bit pixels as a PNG.

/** Encodes grey (1), RGB (3) or RGBA (4) bytes, rows packed, as a lossless PNG. */
export async function encodePng(image: { data: Uint8Array; width: number; height: number; channels: 1 | 3 | 4 }): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const { data, width, height, channels } = image;
  return await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}
