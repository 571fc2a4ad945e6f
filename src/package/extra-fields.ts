// Judges the extra fields of an entry: only dates and owners, which the kit ignores, may stand there.

/** Extended timestamp, two forms of Unix owner, NTFS times. */
const harmless = new Set([0x5455, 0x7875, 0x5855, 0x000a]);

/** The rule that the extra fields break, as a clause, or undefined. */
export function extraFieldsProblem(bytes: Buffer): string | undefined {
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return 'has extra fields that do not fill their space';
    const id = bytes.readUInt16LE(at);
    if (!harmless.has(id)) return `has an extra field 0x${id.toString(16).padStart(4, '0')}`;
    at += 4 + bytes.readUInt16LE(at + 2);
  }
  return at === bytes.length ? undefined : 'has extra fields that do not fill their space';
}
