// What the page of an evaluation shows; the caller brings every picture as a data URI.
import type { PageCurve } from '../golden/golden-page-types.ts';
import type { Tone } from '../report-page.ts';

/** One labelled picture. */
export interface EvaluationPart {
  readonly name: string;
  readonly label: string;
  readonly defect: boolean;
  readonly decision: string;
  readonly score: number;
  /** Width over height, and what lies over the photograph; absent where there is nothing to show. */
  readonly pictures?: { readonly ratio: number; readonly photograph: string; readonly heat?: string; readonly mask?: string };
}

/** What a threshold makes of the parts. */
export interface PageConfusion {
  readonly threshold: number;
  readonly found: number;
  readonly missed: number;
  readonly passed: number;
  readonly rejected: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The whole page. */
export interface EvaluationPage {
  readonly title: string;
  readonly verdict: { readonly tone: Tone; readonly text: string };
  readonly lead: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Pictures that could not be inspected, and what to know before judging. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly tiles: readonly { readonly label: string; readonly value: string; readonly note?: string }[];
  /** At the threshold of the settings, and at the best one. */
  readonly atThreshold: PageConfusion;
  readonly best: PageConfusion;
  readonly curve: PageCurve;
  /** The decisions of each label, in the order of `decisions`. */
  readonly decisions: readonly string[];
  readonly labels: readonly { readonly label: string; readonly defect: boolean; readonly counts: readonly number[] }[];
  readonly parts: readonly EvaluationPart[];
}
