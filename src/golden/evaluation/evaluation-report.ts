// The report of an evaluation on labelled pictures.
import type { ReportHead } from '../golden-report.ts';
import type { Confusion, CurvePoint } from './curves.ts';
import type { PixelAreas } from './pixel-areas.ts';

/** One picture. */
export interface EvaluatedImage {
  readonly image: string;
  readonly label: string;
  readonly defect: boolean;
  readonly decision: string;
  readonly score: number;
}

/** How the parts of one label were decided. */
export interface LabelDecisions {
  readonly label: string;
  readonly defect: boolean;
  readonly pass: number;
  readonly review: number;
  readonly fail: number;
  readonly other: number;
}

/** The figures that a baseline keeps. Null where there are no masks. */
export interface Figures {
  readonly auroc: number;
  readonly averagePrecision: number;
  /** At the plugin's own threshold. */
  readonly f1: number;
  /** At the best threshold. */
  readonly bestF1: number;
  readonly bestThreshold: number;
  readonly pixelAuroc: number | null;
  readonly aupro: number | null;
}

/** What was recorded earlier, and how far the present figures lie from it. */
export interface BaselineDelta {
  readonly figures: Figures;
  readonly delta: { readonly [K in keyof Figures]: number | null };
  /** The pictures are other ones than those the baseline was recorded with: the delta says little. */
  readonly otherPictures: boolean;
  readonly reason: string;
}

/** How well a plugin tells good parts from defective ones. */
export interface EvaluationReport extends ReportHead {
  /** Name of the labelled folder. */
  readonly folder: string;
  /** SHA-256 over names, labels and digests of all pictures and masks. */
  readonly pictures: string;
  readonly images: readonly EvaluatedImage[];
  readonly failed: readonly { readonly image: string; readonly reason: string }[];
  readonly decisions: readonly LabelDecisions[];
  readonly figures: Figures;
  readonly atThreshold: Confusion;
  readonly best: Confusion;
  readonly curve: readonly CurvePoint[];
  /** Per-pixel figures and how many defective pictures had masks; null without masks or maps. */
  readonly pixels: (PixelAreas & { readonly masks: number }) | null;
  readonly baseline: BaselineDelta | null;
  readonly durationMs: number;
}
