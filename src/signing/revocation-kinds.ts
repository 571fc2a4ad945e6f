// The kinds of things that can be revoked.

/** What can be revoked. */
export const revocationKinds = ['key', 'certificate', 'package'] as const;

/** One of them. */
export type RevocationKind = (typeof revocationKinds)[number];
