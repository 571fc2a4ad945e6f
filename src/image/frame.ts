// An image as the plugin interface takes it.

/** A pixel format of the interface. */
export type FrameFormat = 'RGB' | 'BGR' | 'GRAY' | 'RGBA';

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
