// Compares a plugin with its golden references: all images, one report.

import { closest } from '../core/closest.ts';
import { KitError } from '../core/kit-error.ts';
import { type GoldenCase, type GoldenReport, writeReport } from './golden-report.ts';
import { type GoldenOptions, openGoldenSession } from './golden-session.ts';
import type { PluginSubject } from './plugin-subject.ts';

/** How to compare. */
export interface CompareGoldenOptions extends GoldenOptions {
  /** Only these images; default all. */
  readonly cases?: readonly string[];
  /** Called after each image. */
  readonly onCase?: (compared: GoldenCase) => void;
}

/**
 * Compares a plugin's results with its references, writes those that differ to `actual/` and the report to the project.
 * References are never written.
 *
 * @throws {@link KitError} `NOTHING_TESTED`, `FLAG_INVALID` for an unknown case, and whatever loading the plugin throws.
 */
export async function compareGolden(subject: PluginSubject, options: CompareGoldenOptions = {}): Promise<GoldenReport> {
  const session = await openGoldenSession(subject, options);
  try {
    for (const image of chooseImages(session.images, options.cases)) {
      const compared = await session.compare(image);
      options.onCase?.(compared);
    }
    const report = session.report();
    // a part of the images is no evidence for the whole
    if (options.cases === undefined) await writeReport('golden', subject, report);
    return report;
  } finally {
    await session.close();
  }
}

/** The images that the caller named, or all. */
export function chooseImages(images: readonly string[], cases: readonly string[] | undefined): readonly string[] {
  for (const name of cases ?? []) {
    if (images.includes(name)) continue;
    throw new KitError('FLAG_INVALID', `there is no image ${name}`, { hint: `the nearest is ${closest(name, images) ?? images[0]}` });
  }
  return cases ?? images;
}
