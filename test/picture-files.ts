// Picture files made byte by byte for tests: PNG, BMP and TIFF of every odd kind.
import { crc32, deflateSync } from 'node:zlib';

type Chunk = readonly [name: string, data: readonly number[]];

/** A PNG from raw rows; colour types: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
export function pngBytes(
  width: number,
  height: number,
  depth: number,
  colourType: number,
  rows: readonly (readonly number[])[],
  extra: readonly Chunk[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = colourType;
  const pixels = deflateSync(Buffer.concat(rows.map((row) => Buffer.from([0, ...row]))));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...extra.map(([name, data]) => pngChunk(name, Buffer.from(data))),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(name, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A BMP with a 40 byte header from rows as stored: bottom up, or top down for a negative height; palette entries are R, G, B. */
export function bmpBytes(
  width: number,
  height: number,
  bits: number,
  rows: readonly (readonly number[])[],
  palette: readonly (readonly [number, number, number])[] = [],
): Buffer {
  const body = rows.flatMap((row) => [...row, ...new Array<number>((4 - (row.length % 4)) % 4).fill(0)]);
  const colours = palette.flatMap(([red, green, blue]) => [blue, green, red, 0]);
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + colours.length + body.length, 2);
  header.writeUInt32LE(54 + colours.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(palette.length, 46);
  return Buffer.concat([header, Buffer.from(colours), Buffer.from(body)]);
}

/** A little-endian TIFF of one strip; every entry is a tag with 16 or 32 bit values, `data` the strip. */
export function tiffBytes(pages: readonly { tags: Readonly<Record<number, readonly number[]>>; data: Uint8Array }[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0])];
  let at = 8;
  const chain = pages.map(({ tags, data }) => {
    const page = tiffPage(at, { ...tags, 273: [0], 279: [data.length] }, data);
    at += page.bytes.length;
    return page;
  });
  const pointer = Buffer.alloc(4);
  pointer.writeUInt32LE(chain[0]?.directory ?? 0);
  parts.push(pointer);
  for (const [index, page] of chain.entries()) {
    page.bytes.writeUInt32LE(chain[index + 1]?.directory ?? 0, page.bytes.length - 4);
    parts.push(page.bytes);
  }
  return Buffer.concat(parts);
}

/** Strip, long values, directory; the directory's last four bytes point to the next page. */
function tiffPage(
  start: number,
  tags: Readonly<Record<number, readonly number[]>>,
  data: Uint8Array,
): { bytes: Buffer; directory: number } {
  const entries = Object.entries(tags).map(([tag, values]) => ({ tag: Number(tag), values }));
  const padded = Buffer.concat([data, Buffer.alloc(data.length % 2)]);
  const long: Buffer[] = [];
  let at = start + padded.length;
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, { tag, values }] of entries.entries()) {
    const place = 2 + index * 12;
    const wide = tag === 273 || tag === 279;
    directory.writeUInt16LE(tag, place);
    directory.writeUInt16LE(wide ? 4 : 3, place + 2);
    directory.writeUInt32LE(values.length, place + 4);
    if (wide) directory.writeUInt32LE(tag === 273 ? start : (values[0] ?? 0), place + 8);
    else if (values.length <= 2) for (const [nth, value] of values.entries()) directory.writeUInt16LE(value, place + 8 + nth * 2);
    else {
      directory.writeUInt32LE(at, place + 8);
      const block = Buffer.from(Uint16Array.from(values).buffer);
      long.push(block);
      at += block.length;
    }
  }
  return { bytes: Buffer.concat([padded, ...long, directory]), directory: at };
}
