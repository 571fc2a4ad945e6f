// The pictures of a golden run that is over, from what it left in the project.
import { join } from 'node:path';
import { readJsonFile } from '../../core/json-file.ts';
import { KitError } from '../../core/kit-error.ts';
import type { ExpectedCase } from '../../golden/expected-results.ts';
import { type ActualOutputs, type ReferenceOutputs, readOutputs } from '../../golden/outputs.ts';
import type { PluginSubject } from '../../golden/plugin-subject.ts';
import { decodeImage } from '../../image/decode-image.ts';
import type { PagePictures } from '../../report/golden/golden-page-types.ts';
import { comparedPictures, referencePictures } from './golden-pictures.ts';

/** Pictures of every image that has a reference: both sides where the result differed and was kept, else the reference alone. */
export async function storedPictures(subject: PluginSubject, expected: readonly ExpectedCase[]): Promise<Map<string, PagePictures>> {
  const found = new Map<string, PagePictures>();
  for (const entry of expected) {
    const pictures = await storedCase(subject, entry).catch((error: unknown) => {
      if (error instanceof KitError) return undefined; // a file that is gone shows as nothing
      throw error;
    });
    if (pictures !== undefined) found.set(entry.image, pictures);
  }
  return found;
}

async function storedCase({ testImages, expectedResults }: PluginSubject, entry: ExpectedCase): Promise<PagePictures> {
  const picture = await decodeImage(join(testImages, entry.image));
  const expected = await readOutputs(entry, expectedResults);
  const kept = await readJsonFile(join(expectedResults, '..', 'actual', `${entry.image}.json`)).catch(() => undefined);
  if (kept === undefined) return await referencePictures(picture, expected);
  // what the kit itself wrote beside the references
  const actual = resultOf(await readOutputs(kept as ExpectedCase, expectedResults));
  return await comparedPictures({ picture, expected, actual });
}

/** Outputs as a result has them: what there is none of is absent, not null. */
function resultOf({ decision, anomalyScore, anomalyMap, boxes = [], visualization }: ReferenceOutputs): ActualOutputs {
  return {
    decision: String(decision),
    anomalyScore: typeof anomalyScore === 'number' ? anomalyScore : Number.NaN,
    boxes,
    ...(anomalyMap && { anomalyMap }),
    ...(visualization && { visualization }),
  };
}
