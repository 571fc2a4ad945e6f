// What an inspection gives, output by output, as far as a reference has it.
import { dirname, join } from 'node:path';
import type { Box, InferenceResult } from '../harness/plugin-host.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { HeatMap } from '../image/heat-map.ts';
import { readNpy } from '../image/npy.ts';
import { toFrame } from '../image/to-frame.ts';
import type { ExpectedScore } from './compare-values.ts';
import type { RgbImage } from './compare-visualization.ts';
import type { ExpectedCase } from './expected-results.ts';

/** The side a comparison measures by. An output that is absent is not compared; null says that there must be none. */
export interface ReferenceOutputs {
  readonly decision?: string | readonly string[];
  readonly confidence?: ExpectedScore;
  readonly anomalyScore?: ExpectedScore;
  readonly anomalyMap?: HeatMap | null;
  readonly boxes?: readonly Box[];
  readonly visualization?: RgbImage | null;
  /** Parsed JSON. */
  readonly details?: unknown;
}

/** The side that is measured. A model without a plugin gives no boxes, no visualization and no details. */
export type ActualOutputs = Pick<InferenceResult, 'decision' | 'anomalyScore'> &
  Partial<Pick<InferenceResult, 'confidence' | 'anomalyMap' | 'boxes' | 'visualization' | 'details'>>;

/**
 * Reads the outputs of a reference, its files too.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` or `FILE_INVALID` naming the map or picture.
 */
export async function readOutputs(entry: ExpectedCase, expectedResults: string): Promise<ReferenceOutputs> {
  const { decision, confidence, anomaly_score, bboxes, details, anomaly_map: map, visualization } = entry;
  const at = (file: string): string => join(dirname(expectedResults), file);
  return {
    decision,
    ...(confidence !== undefined && { confidence }),
    ...(anomaly_score !== undefined && { anomalyScore: anomaly_score }),
    ...(map !== undefined && { anomalyMap: map === null ? null : await readNpy(at(map.file)) }),
    ...(bboxes !== undefined && { boxes: bboxes }),
    ...(visualization !== undefined && { visualization: visualization === null ? null : await readRgb(at(visualization.file)) }),
    ...(details !== undefined && { details }),
  };
}

/** The outputs of a result as a reference: what the plugin does not give must not be given. */
export function outputsOf(result: InferenceResult): ReferenceOutputs {
  const { decision, confidence, anomalyScore, boxes, anomalyMap = null, visualization = null, details } = result;
  return { decision, confidence, anomalyScore, boxes, anomalyMap, visualization, details: parsedDetails(details) };
}

/** Details that are no JSON are kept as the text they are, so that the difference can be seen. */
export function parsedDetails(details: string | undefined): unknown {
  if (details === undefined) return null;
  try {
    return JSON.parse(details);
  } catch {
    return details;
  }
}

async function readRgb(path: string): Promise<RgbImage> {
  return toFrame(await decodeImage(path), 'RGB');
}
