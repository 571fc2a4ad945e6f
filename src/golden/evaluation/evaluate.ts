// Evaluates a plugin on labelled pictures: by these figures an engineer tunes.
import { basename, join } from 'node:path';
import { sha256File, sha256Hex } from '../../core/digest.ts';
import { KitError } from '../../core/kit-error.ts';
import type { InferenceResult } from '../../harness/plugin-host.ts';
import { decodeImage } from '../../image/decode-image.ts';
import type { Picture } from '../../image/picture.ts';
import { reportHead } from '../golden-report.ts';
import { type Inspector, openInspector } from '../inspector.ts';
import { digestSubject, type PluginSubject } from '../plugin-subject.ts';
import { thresholdsOf } from '../thresholds.ts';
import { baselinePath, deltaToBaseline } from './baseline.ts';
import { confusionAt, separationOf } from './curves.ts';
import type { EvaluatedImage, EvaluationReport, Figures, LabelDecisions } from './evaluation-report.ts';
import { type LabelledPicture, listLabelled } from './labelled-folder.ts';
import { maskRegions } from './mask-regions.ts';
import { type LabelledMap, pixelAreas } from './pixel-areas.ts';

/** How to evaluate. */
export interface EvaluateOptions {
  /** The labelled folder. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Called after each picture. */
  readonly onImage?: (image: string) => void;
  /** Gets what was inspected, for a page that shows it. */
  readonly onSeen?: (seen: SeenPicture) => Promise<void>;
}

/** A picture, its mask where somebody drew one, and what the plugin said. */
export interface SeenPicture {
  readonly image: string;
  readonly picture: Picture;
  readonly mask: Picture | undefined;
  readonly result: InferenceResult;
}

/**
 * Inspects every picture of a labelled folder and measures how well the plugin tells the classes apart. A picture on which the plugin fails is
 * listed and counts for no figure.
 *
 * @throws {@link KitError} `NOTHING_TESTED` when a class has no picture, `PLUGIN_FAILED` when a score is no number.
 */
export async function evaluate(subject: PluginSubject, options: EvaluateOptions): Promise<EvaluationReport> {
  const started = performance.now();
  const pictures = await listLabelled(options.folder);
  const digests = await digestSubject(subject);
  const inspector = await openInspector(subject, options.signal);
  try {
    const seen = await inspectAll(inspector, pictures, options);
    const { threshold } = thresholdsOf(subject.config);
    const scored = seen.images;
    const { auroc, averagePrecision, best, curve } = separationOf(scored);
    const atThreshold = confusionAt(scored, threshold);
    const pixels = seen.masks === 0 ? null : { ...pixelAreas(seen.maps), masks: seen.masks };
    const figures: Figures = {
      auroc,
      averagePrecision,
      f1: atThreshold.f1,
      bestF1: best.f1,
      bestThreshold: best.threshold,
      pixelAuroc: pixels?.auroc ?? null,
      aupro: pixels?.aupro ?? null,
    };
    const digest = await digestOf(options.folder, pictures);
    return {
      ...reportHead('evaluation', subject, digests, inspector.info),
      folder: basename(options.folder),
      pictures: digest,
      images: scored,
      failed: seen.failed,
      decisions: decisionsOf(scored),
      figures,
      atThreshold,
      best,
      curve,
      pixels,
      baseline: await deltaToBaseline(baselinePath(subject), digest, figures),
      durationMs: Math.round(performance.now() - started),
    };
  } finally {
    await inspector.close();
  }
}

interface Seen {
  readonly images: EvaluatedImage[];
  readonly failed: { image: string; reason: string }[];
  readonly maps: LabelledMap[];
  masks: number;
}

async function inspectAll(
  inspector: Inspector,
  pictures: readonly LabelledPicture[],
  { folder, signal, onImage, onSeen }: EvaluateOptions,
): Promise<Seen> {
  const seen: Seen = { images: [], failed: [], maps: [], masks: 0 };
  for (const labelled of pictures) {
    const { image, label, defect } = labelled;
    try {
      const picture = await decodeImage(join(folder, image));
      const result = await inspector.inspect(picture);
      const mask = await drawnMask(folder, labelled, picture);
      const map = labelledMap(labelled, mask, result);
      if (map !== undefined) seen.maps.push(map);
      if (map !== undefined && defect) seen.masks += 1;
      await onSeen?.({ image, picture, mask, result });
      seen.images.push({ image, label, defect, decision: result.decision, score: result.anomalyScore });
    } catch (error) {
      if (!(error instanceof KitError) || error.code === 'INTERRUPTED' || error.code === 'FILE_INVALID') throw error;
      seen.failed.push({ image, reason: error.message });
    }
    if (signal?.aborted) throw new KitError('INTERRUPTED', 'the evaluation was interrupted');
    onImage?.(image);
  }
  return seen;
}

/** A good part's map has no defect; a defective part's counts only with its mask. */
function labelledMap({ defect }: LabelledPicture, mask: Picture | undefined, { anomalyMap }: InferenceResult): LabelledMap | undefined {
  if (anomalyMap === undefined || (defect && mask === undefined)) return undefined;
  return { map: anomalyMap, regions: mask === undefined ? [] : maskRegions(mask, anomalyMap) };
}

/** The mask of a defective part, which must have its picture's size. */
async function drawnMask(folder: string, { mask, defect }: LabelledPicture, picture: Picture): Promise<Picture | undefined> {
  if (!defect || mask === undefined) return undefined;
  const drawn = await decodeImage(join(folder, mask));
  if (drawn.width === picture.width && drawn.height === picture.height) return drawn;
  throw new KitError(
    'FILE_INVALID',
    `${join(folder, mask)} has ${drawn.width}×${drawn.height} pixels, its picture ${picture.width}×${picture.height}`,
    {
      hint: 'draw the mask at the size of the picture',
    },
  );
}

function decisionsOf(images: readonly EvaluatedImage[]): LabelDecisions[] {
  return [...new Set(images.map(({ label }) => label))].map((label) => {
    const own = images.filter((image) => image.label === label);
    const count = (decision: string): number => own.filter((image) => image.decision === decision).length;
    const [pass, review, fail] = [count('pass'), count('review'), count('fail')];
    return { label, defect: own[0]?.defect ?? false, pass, review, fail, other: own.length - pass - review - fail };
  });
}

async function digestOf(folder: string, pictures: readonly LabelledPicture[]): Promise<string> {
  const lines: string[] = [];
  for (const { image, mask } of pictures) {
    lines.push(`${image} ${await sha256File(join(folder, image))}`);
    if (mask !== undefined) lines.push(`${mask} ${await sha256File(join(folder, mask))}`);
  }
  return sha256Hex(lines.join('\n'));
}
