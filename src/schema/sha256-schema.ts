// JSON Schema of a digest, as every document writes it.

/** JSON Schema of a SHA-256; its description is what a message says of a wrong one. */
export const sha256Schema = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'a SHA-256 in lower-case hexadecimal' } as const;
