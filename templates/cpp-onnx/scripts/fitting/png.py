"""Reads and writes PNG files (8 bit grey, RGB, RGBA) with nothing but zlib and numpy."""
import struct
import zlib
from pathlib import Path

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


class PictureError(Exception):
    """A picture that cannot be read; the text names the file and the next step."""


def read_picture(path):
    """Returns the picture as (height, width, 3) uint8 RGB."""
    path = Path(path)
    if path.suffix.lower() != ".png":
        return _read_by_pillow(path)
    try:
        return _decode(path.read_bytes())
    except (ValueError, struct.error, zlib.error) as error:
        raise PictureError(f"{path}: {error}; save it as an 8-bit PNG without interlacing") from error


def _read_by_pillow(path):
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise PictureError(f"{path}: only PNG is read without Pillow; run `pip install pillow`, or save it as PNG") from error
    try:
        with Image.open(path) as picture:
            return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
    except OSError as error:
        raise PictureError(f"{path}: {error}") from error


def _chunks(data):
    if data[:8] != SIGNATURE:
        raise ValueError("it is not a PNG file")
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body, crc = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(crc) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", crc)[0]:
            raise ValueError("it is damaged or cut off")
        yield kind, body
        at += 12 + length


def _decode(data):
    header, pixels = None, []
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            pixels.append(body)
    if header is None or not pixels:
        raise ValueError("it holds no picture")
    width, height, depth, colour, _, _, interlaced = header
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise ValueError("only 8 bit grey, RGB and RGBA are read")
    channels = CHANNELS[colour]
    raw = zlib.decompress(b"".join(pixels))
    if width * height == 0 or len(raw) != height * (1 + width * channels):
        raise ValueError("it is cut off")
    rows = _unfilter(np.frombuffer(raw, np.uint8).reshape(height, 1 + width * channels), channels)
    picture = rows.reshape(height, width, channels)
    return picture[:, :, :3] if channels >= 3 else picture[:, :, [0, 0, 0]]


def _unfilter(lines, step):
    """Undoes the five filters of the PNG specification, row by row."""
    rows = np.zeros((lines.shape[0], lines.shape[1] - 1), np.uint8)
    above = np.zeros(lines.shape[1] - 1, np.uint8)
    for index, line in enumerate(lines):
        kind, row = line[0], line[1:]
        if kind == 0:
            above = row
        elif kind == 1:
            above = np.cumsum(row.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
        elif kind == 2:
            above = row + above
        elif kind in (3, 4):
            above = _unfilter_pixelwise(row, above, step, kind)
        else:
            raise ValueError("it uses an unknown row filter")
        rows[index] = above
    return rows


def _unfilter_pixelwise(row, above, step, kind):
    out, up = row.tolist(), above.tolist()
    for i, value in enumerate(out):
        left = out[i - step] if i >= step else 0
        corner = up[i - step] if i >= step else 0
        out[i] = (value + ((left + up[i]) // 2 if kind == 3 else _paeth(left, up[i], corner))) & 255
    return np.array(out, np.uint8)


def _paeth(left, up, corner):
    guess = left + up - corner
    distances = abs(guess - left), abs(guess - up), abs(guess - corner)
    if distances[0] <= distances[1] and distances[0] <= distances[2]:
        return left
    return up if distances[1] <= distances[2] else corner


def write_picture(path, picture):
    """Writes (height, width) grey or (height, width, 3) RGB uint8."""
    height, width = picture.shape[:2]
    rows = np.ascontiguousarray(picture, np.uint8).reshape(height, -1)
    filtered = np.zeros((height, rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = 2
    filtered[:, 1:] = rows - np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    header = struct.pack(">IIBBBBB", width, height, 8, 0 if picture.ndim == 2 else 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), 9)), (b"IEND", b"")]
    with open(path, "wb") as file:
        file.write(SIGNATURE)
        for kind, body in chunks:
            file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
