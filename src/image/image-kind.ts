// Tells from a file's first bytes, not from its name, which picture format it holds.

/** The picture formats that are read, with the file extensions that folders are searched for. */
export const imageKinds = {
  png: ['.png'],
  jpeg: ['.jpg', '.jpeg'],
  bmp: ['.bmp'],
  tiff: ['.tif', '.tiff'],
  webp: ['.webp'],
} as const;

/** A picture format that is read. */
export type ImageKind = keyof typeof imageKinds;

/** The picture format of a file's bytes, or undefined when it is none of those that are read. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('BM')) return 'bmp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((magic) => head.startsWith(magic))) return 'tiff';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : undefined;
}
