// A decoded picture: 8 bits a channel, packed rows, upright.

/** Grey, RGB or RGBA samples of 0 to 255, row by row without padding. */
export interface Picture {
  /** The file it came from. */
  readonly path: string;
  /** In pixels, after the EXIF orientation was applied. */
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 3 | 4;
  /** width · height · channels bytes. */
  readonly data: Uint8Array;
}
