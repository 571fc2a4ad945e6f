// The reports that a package carries as evidence.

/** A kind of report. */
export type ReportKind = 'conformance' | 'golden' | 'bench';

/** The kinds, in pipeline order. */
export const reportKinds = ['conformance', 'golden', 'bench'] as const satisfies readonly ReportKind[];
