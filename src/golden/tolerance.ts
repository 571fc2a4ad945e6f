// The limits of every comparison: defaults, what profile, suite and case override, and where each limit came from.

/** What two results may differ by when nothing else is said. */
export const defaultTolerance = {
  /** abs + rel · reference, either way. */
  confidence: { abs: 1e-4, rel: 1e-3 },
  anomaly_score: { abs: 1e-4, rel: 1e-3 },
  anomaly_map: {
    /** A value is outside when it differs by more than rtol · reference + atol_of_range · (max − min of the reference map). */
    rtol: 1e-3,
    atol_of_range: 1e-5,
    /** Share of values that may be outside. */
    outside: 0.001,
    /** Outside values that any 16×16 window may hold: an error in one place must not hide in a large map. */
    window: 10,
    /** Pixels of the map that its largest value may move. */
    arg_max_px: 2,
    /** Least intersection over union of the areas at or over the plugin's threshold. */
    mask_iou: 0.99,
  },
  bboxes: { iou: 0.9, score_abs: 1e-4, score_rel: 1e-3 },
  visualization: {
    /** A channel value is outside when it differs by more levels of 0..255. */
    levels: 2,
    outside: 0.001,
    window: 10,
  },
  details: { abs: 1e-4, rel: 1e-3 },
} as const;

/** A part of a result that has limits of its own. */
export type ToleranceGroup = keyof typeof defaultTolerance;

/** Overrides of single limits, as expected_results.json has them. */
export type Tolerance = {
  readonly [G in ToleranceGroup]?: { readonly [K in keyof (typeof defaultTolerance)[G]]?: number } & (G extends 'details'
    ? { readonly ignore?: readonly string[] }
    : unknown);
};

/** Who set a limit. */
export type LimitSource = 'case' | 'suite' | 'profile' | 'default';

/** A limit and who set it. */
export interface Limit {
  readonly value: number;
  readonly from: LimitSource;
}

/** All limits of one part of a result. */
export type Limits<G extends ToleranceGroup> = { readonly [K in keyof (typeof defaultTolerance)[G]]: Limit };

/** Who may override limits, the most special first. */
export interface ToleranceSources {
  /** The image's own. */
  readonly case?: Tolerance | undefined;
  /** Of the whole file of references. */
  readonly suite?: Tolerance | undefined;
  /** Of the run: one of {@link toleranceProfiles}, or a caller's own. */
  readonly profile?: Tolerance | undefined;
}

const order = ['case', 'suite', 'profile'] as const;

/** The limits of one part: the case's own, else the suite's, else the profile's, else the default. */
export function limitsOf<G extends ToleranceGroup>(group: G, sources: ToleranceSources = {}): Limits<G> {
  const limits: Record<string, Limit> = {};
  for (const [key, value] of Object.entries(defaultTolerance[group])) {
    limits[key] = order.flatMap((from) => chosen(sources[from]?.[group], key, from))[0] ?? { value, from: 'default' };
  }
  return limits as Limits<G>;
}

/** JSON pointers of the details that are not compared: those of all sources together. */
export function ignoredDetails(sources: ToleranceSources): readonly string[] {
  return order.flatMap((from) => sources[from]?.details?.ignore ?? []);
}

function chosen(limits: Readonly<Record<string, unknown>> | undefined, key: string, from: LimitSource): Limit[] {
  const value = limits?.[key];
  return typeof value === 'number' ? [{ value, from }] : [];
}
