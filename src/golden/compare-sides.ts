// Compares two plugins, or a plugin with its bare model, over the same pictures and reports every difference.
import { join } from 'node:path';
import { hostFacts } from '../core/host-facts.ts';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { Comparand, ComparandHead, SideOutputs } from './comparand.ts';
import { compareResult } from './compare-result.ts';
import type { GoldenLine, GoldenOutput } from './golden-line.ts';
import type { GoldenOptions } from './golden-session.ts';
import type { ReferenceOutputs } from './outputs.ts';

/** One picture of the comparison. */
export interface ComparedImage {
  readonly image: string;
  readonly status: 'same' | 'different' | 'failed';
  /** Why it could not be compared, naming the side. */
  readonly reasons: readonly string[];
  /** What was measured: B by A. */
  readonly lines: readonly GoldenLine[];
  readonly a: { readonly decision: string; readonly anomalyScore: number } | null;
  readonly b: { readonly decision: string; readonly anomalyScore: number } | null;
}

/** Two sides over the same pictures. */
export interface ComparisonReport {
  readonly schema: 'golden-comparison-v1';
  readonly a: ComparandHead;
  readonly b: ComparandHead;
  readonly kit: { readonly version: string };
  readonly host: { readonly platform: string; readonly cpu: string };
  /** Every picture gives the same within tolerance. */
  readonly ok: boolean;
  readonly counts: { readonly same: number; readonly different: number; readonly failed: number };
  /** Outputs that one side never gives: a bare model has no boxes. */
  readonly notCompared: readonly GoldenOutput[];
  readonly images: readonly ComparedImage[];
  readonly durationMs: number;
}

/** How to compare, and on which pictures. */
export interface CompareSidesOptions extends GoldenOptions {
  /** Folder of the pictures. */
  readonly folder: string;
  /** Paths relative to the folder. */
  readonly images: readonly string[];
  /** Called after each picture. */
  readonly onCase?: (compared: ComparedImage) => void;
}

/**
 * Inspects every picture with both sides; A is the reference. A side that fails on a picture fails that picture only.
 *
 * @throws {@link KitError} `NOTHING_TESTED` without pictures, `INTERRUPTED`.
 */
export async function compareSides(a: Comparand, b: Comparand, options: CompareSidesOptions): Promise<ComparisonReport> {
  const { folder } = options;
  if (options.images.length === 0)
    throw new KitError('NOTHING_TESTED', `${folder} holds no pictures`, { hint: 'name a folder of pictures with --images' });
  const started = performance.now();
  const images: ComparedImage[] = [];
  const left = new Set<GoldenOutput>();
  for (const image of options.images) {
    const compared = await compareOne({ a, b, image }, options, left);
    images.push(compared);
    options.onCase?.(compared);
  }
  const count = (status: ComparedImage['status']): number => images.filter((one) => one.status === status).length;
  const { platform, cpu } = hostFacts();
  return {
    schema: 'golden-comparison-v1',
    a: a.head,
    b: b.head,
    kit: { version: kitVersion },
    host: { platform, cpu },
    ok: images.every(({ status }) => status === 'same'),
    counts: { same: count('same'), different: count('different'), failed: count('failed') },
    notCompared: [...left].sort(),
    images,
    durationMs: Math.round(performance.now() - started),
  };
}

async function compareOne(
  { a, b, image }: { a: Comparand; b: Comparand; image: string },
  { folder, profile, onSeen }: CompareSidesOptions,
  left: Set<GoldenOutput>,
): Promise<ComparedImage> {
  try {
    const picture = await decodeImage(join(folder, image));
    const first = await inspect('A', a, picture);
    const second = await inspect('B', b, picture);
    const reference = common(first, second, left);
    const lines = compareResult(reference, second.actual, { profile }, a.threshold);
    await onSeen?.({ image, picture, expected: reference, actual: second.actual });
    const status = lines.every(({ ok }) => ok) ? 'same' : 'different';
    return { image, status, reasons: [], lines, a: shown(first), b: shown(second) };
  } catch (error) {
    if (!(error instanceof KitError) || error.code === 'INTERRUPTED') throw error;
    return { image, status: 'failed', reasons: [error.message], lines: [], a: null, b: null };
  }
}

async function inspect(side: string, comparand: Comparand, picture: Parameters<Comparand['inspect']>[0]): Promise<SideOutputs> {
  try {
    return await comparand.inspect(picture);
  } catch (error) {
    if (!(error instanceof KitError) || error.code === 'INTERRUPTED') throw error;
    throw new KitError(error.code, `${side} (${comparand.head.file}): ${error.message}`, { cause: error });
  }
}

/** The outputs as reports name them. */
const outputNames: Readonly<Record<keyof ReferenceOutputs, GoldenOutput>> = {
  decision: 'decision',
  confidence: 'confidence',
  anomalyScore: 'anomaly_score',
  anomalyMap: 'anomaly_map',
  boxes: 'bboxes',
  visualization: 'visualization',
  details: 'details',
};

/** What A gives and B can give too; the names of the others go to `left`. */
function common(a: SideOutputs, b: SideOutputs, left: Set<GoldenOutput>): ReferenceOutputs {
  const entries = Object.entries(a.reference).filter(([name]) => name in b.reference);
  for (const name of [...Object.keys(a.reference), ...Object.keys(b.reference)])
    if (!(name in a.reference && name in b.reference)) left.add(outputNames[name as keyof ReferenceOutputs]);
  return Object.fromEntries(entries);
}

function shown({ actual }: SideOutputs): { decision: string; anomalyScore: number } {
  return { decision: actual.decision, anomalyScore: actual.anomalyScore };
}
