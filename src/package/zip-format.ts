// The parts of the ZIP format that packages use: signatures, sizes, field offsets and the values that this kit writes.

export const limits = {
  entries: 4096,
  nameBytes: 240,
  /** Archive and content, in bytes: below the point where ZIP64 would start. */
  bytes: 0xffffffff - 1,
  /** Content by compressed size, for entries above `ratioFrom` bytes. */
  ratio: 200,
  ratioFrom: 64 * 1024,
  /** Bytes of the whole directory; generous for extra fields of packages that others made. */
  directoryBytes: 8 * 1024 * 1024,
  /** 4.5, the newest version that unzip and Python both take. */
  versionNeeded: 45,
} as const;

export const localSignature = 0x04034b50;
export const directorySignature = 0x02014b50;
export const endSignature = 0x06054b50;
export const descriptorSignature = 0x08074b50;

export const localBytes = 30;
export const directoryBytes = 46;
export const endBytes = 22;
export const descriptorBytes = 16;

/** Where a line of the directory says at which offset its entry starts. */
export const entryOffsetAt = 42;

/** Where the end record says how many entries there are, on this disk and on all, and how long and where the directory is. */
export const endFields = { countHere: 8, count: 10, bytes: 12, offset: 16 } as const;

export const flags = { encrypted: 1, descriptor: 8, utf8: 2048 } as const;

/** Flag bits without danger: two of the compression level, descriptor, UTF-8 names. */
export const harmlessFlags = 2 | 4 | flags.descriptor | flags.utf8;

/** What every entry of a package that this kit writes says about itself. */
export const written = {
  madeBy: (3 << 8) | 45,
  dosDate: 0x21,
  dosTime: 0,
  externalAttributes: 0x81a40020,
} as const;

/** A header field by field, as local header and directory entry share it. */
export interface EntryHeader {
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly dosTime: number;
  readonly dosDate: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly nameBytes: number;
  readonly extraBytes: number;
}

/** Reads the fields that local header (from byte 4) and directory entry (from byte 6) have in common. */
export function readEntryHeader(bytes: Buffer, at: number): EntryHeader {
  return {
    versionNeeded: bytes.readUInt16LE(at),
    flags: bytes.readUInt16LE(at + 2),
    method: bytes.readUInt16LE(at + 4),
    dosTime: bytes.readUInt16LE(at + 6),
    dosDate: bytes.readUInt16LE(at + 8),
    crc32: bytes.readUInt32LE(at + 10),
    compressedBytes: bytes.readUInt32LE(at + 14),
    sizeBytes: bytes.readUInt32LE(at + 18),
    nameBytes: bytes.readUInt16LE(at + 22),
    extraBytes: bytes.readUInt16LE(at + 24),
  };
}
