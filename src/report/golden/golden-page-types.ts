// What the page of golden images shows; the caller brings every picture as a data URI.
import type { Tone } from '../report-page.ts';

/** A box in pixels of the photograph, and what the comparison says of it. */
export interface PageBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Class and score. */
  readonly text: string;
  readonly kind: 'same' | 'missing' | 'extra' | 'moved' | 'relabelled';
}

/** One side's layers over the photograph. */
export interface PageSide {
  readonly heat?: string;
  readonly boxes: readonly PageBox[];
  /** The plugin's own picture; it replaces photograph and layers. */
  readonly visualization?: string;
}

/** The pictures of a case. */
export interface PagePictures {
  /** Of the photograph, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly thumbnail: string;
  readonly photograph: string;
  readonly expected?: PageSide;
  readonly actual?: PageSide;
  /** Signed difference of the maps, and where the visualizations differ. */
  readonly difference: { readonly heat?: string; readonly visualization?: string };
}

/** One check: what was measured, its limit, and who set that. */
export interface PageCheck {
  readonly output: string;
  readonly rule: string;
  readonly value: string;
  readonly limit: string;
  readonly origin: string;
  readonly ok: boolean;
  readonly note?: string;
}

/** One image. */
export interface PageCase {
  readonly name: string;
  /** One of {@link GoldenPage.statuses}. */
  readonly status: string;
  readonly reasons: readonly string[];
  readonly checks: readonly PageCheck[];
  readonly expected?: { readonly decision: string; readonly score?: number };
  readonly actual?: { readonly decision: string; readonly score?: number };
  readonly pictures?: PagePictures;
  /** What differs between the reference's surroundings and these: label, then, now. */
  readonly environment: readonly (readonly [label: string, reference: string, now: string])[];
  /** Sorts the worst first; larger is worse. */
  readonly badness: number;
}

/** A status that images may have, in the order of the filter. */
export interface PageStatus {
  readonly value: string;
  readonly label: string;
  readonly tone: Tone;
}

/** The scales that the legends show: colours as CSS, from low to high. */
export interface PageScales {
  readonly heat: readonly string[];
  readonly less: readonly [string, string];
  readonly more: readonly [string, string];
  /** Smallest difference that is shown. */
  readonly floor: number;
}

/** A point of the curves. */
interface PagePoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  readonly precision: number;
}

/** A point of the curves that has a name: where a threshold puts the plugin. */
export interface CurveMark extends PagePoint {
  readonly label: string;
  readonly kind: 'set' | 'best';
}

/** Both curves with their areas. */
export interface PageCurve {
  readonly title: string;
  readonly text: string;
  readonly points: readonly PagePoint[];
  readonly auroc: number;
  readonly averagePrecision: number;
  readonly marks?: readonly CurveMark[];
}

/** The whole page. */
export interface GoldenPage {
  readonly kind: string;
  readonly title: string;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What the two sides are called: "Expected" and "Actual". */
  readonly sides: readonly [string, string];
  readonly statuses: readonly PageStatus[];
  readonly cases: readonly PageCase[];
  readonly scales: PageScales;
  readonly curve?: PageCurve;
}
