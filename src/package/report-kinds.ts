// The reports that a package carries as evidence.

/** The kinds, in pipeline order. */
export const reportKinds = ['conformance', 'golden', 'bench'] as const;

/** One of them. */
export type ReportKind = (typeof reportKinds)[number];
