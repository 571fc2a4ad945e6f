// Decodes BMP, which sharp does not read; the header is judged here first.
import { toErrorText } from '../core/kit-error.ts';
import { checkSize, imageError } from './image-limits.ts';
import type { Picture } from './picture.ts';

/** Decodes a BMP's bytes; `path` is for messages. */
export async function decodeBmp(path: string, bytes: Buffer): Promise<Picture> {
  const { width, height } = readHeader(path, bytes);
  const { Transformer } = await import('@napi-rs/image');
  const data = await new Transformer(bytes).rawPixels().catch((cause: unknown) => {
    throw imageError(path, `cannot be decoded: ${toErrorText(cause)}`, undefined, cause);
  });
  const channels = data.length / (width * height);
  if (channels !== 1 && channels !== 3 && channels !== 4)
    throw imageError(path, `decodes to ${data.length} bytes for ${width}×${height} pixels`);
  return { path, width, height, channels, data };
}

function readHeader(path: string, bytes: Buffer): { width: number; height: number } {
  if (bytes.length < 26) throw imageError(path, 'ends inside its header');
  const core = bytes.readUInt32LE(14) === 12;
  if (!core && bytes.length < 54) throw imageError(path, 'ends inside its header');
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const height = Math.abs(core ? bytes.readUInt16LE(20) : bytes.readInt32LE(22)); // negative: rows run from top to bottom
  checkSize(path, width, height);
  const bits = bytes.readUInt16LE(core ? 24 : 28);
  const runLength = !core && [1, 2].includes(bytes.readUInt32LE(30));
  const needed = bytes.readUInt32LE(10) + Math.ceil((width * bits) / 32) * 4 * height;
  if (!runLength && needed > bytes.length) throw imageError(path, `is truncated: ${bytes.length} of ${needed} bytes are there`);
  return { width, height };
}
