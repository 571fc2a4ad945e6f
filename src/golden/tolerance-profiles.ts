// Sets of limits by name, for runs that need others than the defaults.
import type { Tolerance } from './tolerance.ts';

/** Limits of a whole run; suite and case still win. */
export const toleranceProfiles = {
  /** The defaults: the same arithmetic, another compiler or processor. */
  standard: {},
  /** Bit for bit. */
  exact: {
    confidence: { abs: 0, rel: 0 },
    anomaly_score: { abs: 0, rel: 0 },
    anomaly_map: { rtol: 0, atol_of_range: 0, outside: 0, window: 0, arg_max_px: 0, mask_iou: 1 },
    bboxes: { iou: 1, score_abs: 0, score_rel: 0 },
    visualization: { levels: 0, outside: 0, window: 0 },
    details: { abs: 0, rel: 0 },
  },
  /** Half precision against single: engines that compute in 16 bit floats. */
  half: {
    confidence: { abs: 5e-3, rel: 1e-2 },
    anomaly_score: { abs: 5e-3, rel: 1e-2 },
    anomaly_map: { rtol: 1e-2, atol_of_range: 5e-3, outside: 0.01, window: 32, mask_iou: 0.97 },
    bboxes: { iou: 0.85, score_abs: 5e-3, score_rel: 1e-2 },
    visualization: { levels: 6, outside: 0.01, window: 32 },
    details: { abs: 5e-3, rel: 1e-2 },
  },
} as const satisfies Readonly<Record<string, Tolerance>>;

/** Name of a set of limits. */
export type ToleranceProfile = keyof typeof toleranceProfiles;

/** All names, the default first. */
export const toleranceProfileNames = ['standard', 'exact', 'half'] as const satisfies readonly ToleranceProfile[];
