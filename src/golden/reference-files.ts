// Writes what a plugin returned in the form of a reference: a JSON entry, the map as .npy, the visualization as PNG.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/atomic-write.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { encodePng } from '../image/encode-png.ts';
import { encodeNpy } from '../image/npy.ts';
import { summarize } from './compare-map.ts';
import type { ExpectedCase } from './expected-results.ts';
import { parsedDetails } from './outputs.ts';

const endings = { map: '.map.npy', visualization: '.vis.png' } as const;

/**
 * Writes the files of a result below `folder`/`subfolder` and returns the entry that describes it, with files relative to `folder`.
 * Every output is in it; null says that the plugin gave none.
 */
export async function writeReference(folder: string, subfolder: string, image: string, result: InferenceResult): Promise<ExpectedCase> {
  const { anomalyMap: map, visualization: picture, boxes, decision, confidence, anomalyScore } = result;
  const mapFile = `${subfolder}/${image}${endings.map}`;
  const pictureFile = `${subfolder}/${image}${endings.visualization}`;
  if (map !== undefined) await writeFileAtomic(join(folder, mapFile), encodeNpy(map));
  if (picture !== undefined) await writeFileAtomic(join(folder, pictureFile), await encodePng({ ...picture, channels: 3 }));
  return {
    image,
    decision,
    confidence,
    anomaly_score: anomalyScore,
    bboxes: boxes,
    details: parsedDetails(result.details),
    anomaly_map: map === undefined ? null : { file: mapFile, width: map.width, height: map.height, ...summarize(map.data) },
    visualization: picture === undefined ? null : { file: pictureFile, width: picture.width, height: picture.height },
  };
}

/** Removes what {@link writeActual} wrote for an image earlier. */
export async function removeActual(folder: string, image: string): Promise<void> {
  for (const ending of ['.json', ...Object.values(endings)]) await rm(join(folder, 'actual', `${image}${ending}`), { force: true });
}

/** Writes a result that differs to `actual/` below the folder of the references. */
export async function writeActual(folder: string, image: string, result: InferenceResult): Promise<void> {
  const entry = await writeReference(folder, 'actual', image, result);
  await writeFileAtomic(join(folder, 'actual', `${image}.json`), `${JSON.stringify(entry, null, 2)}\n`);
}
