// An image as the plugin interface takes it.

/** Every pixel format of the interface with its number of channels. */
export const frameChannels = { RGB: 3, BGR: 3, GRAY: 1, RGBA: 4 } as const;

/** A pixel format of the interface. */
export type FrameFormat = keyof typeof frameChannels;

/** An image with format and stride; rows start every `strideBytes` bytes, the last row may end early. */
export interface Frame {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly strideBytes: number;
  /** One of {@link FrameFormat}, or anything else where a test wants to see it refused. */
  readonly format: string;
}

/** Whether a text names a pixel format of the interface. */
export function isFrameFormat(text: string): text is FrameFormat {
  return Object.hasOwn(frameChannels, text);
}
