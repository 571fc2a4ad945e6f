// Holds the results of timed inspections against the golden references: speed with wrong results is worth nothing.
import { relative, sep } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { compareResult } from '../golden/compare-result.ts';
import { decodingProblem } from '../golden/decoding.ts';
import { readExpectedResults } from '../golden/expected-results.ts';
import { lineText } from '../golden/golden-line.ts';
import { readOutputs } from '../golden/outputs.ts';
import type { PluginSubject, SubjectDigests } from '../golden/plugin-subject.ts';
import { staleness } from '../golden/staleness.ts';
import { thresholdsOf } from '../golden/thresholds.ts';
import { decodeImage } from '../image/decode-image.ts';
import type { FrameResults } from './run-timing.ts';

/** What the results of one picture were while it was timed. */
export interface CheckedResults {
  /** Path below the folder of test images, or the file's own name. */
  readonly image: string;
  readonly inspections: number;
  /** Inspections whose result differed in some bit from the one before. */
  readonly changes: number;
  readonly decisions: Readonly<Record<string, number>>;
  /** How they compare with the reference: of one that was made for another model, configuration or picture nothing is judged. */
  readonly reference: 'equal' | 'differs' | 'stale' | 'none';
  /** Every line that does not hold. */
  readonly problems: readonly string[];
}

/** Compares all that differs among the results of one picture with its reference, within the tolerances of `mvas golden`. */
export async function checkResults(
  subject: PluginSubject,
  digests: SubjectDigests,
  path: string,
  { different, inspections, changes, decisions }: FrameResults,
): Promise<CheckedResults> {
  const image = relative(subject.testImages, path).split(sep).join('/');
  const { images, tolerance } = await readExpectedResults(subject.expectedResults);
  const entry = images.find((one) => one.image === image);
  const checked = { image: image.startsWith('..') ? (path.split(sep).at(-1) ?? path) : image, inspections, changes, decisions };
  if (entry === undefined) return { ...checked, reference: 'none', problems: [] };
  const decoding = decodingProblem(entry, await decodeImage(path));
  const stale = [...staleness(entry, digests, await sha256File(path)), ...(decoding === undefined ? [] : [decoding])];
  if (stale.length > 0) return { ...checked, reference: 'stale', problems: stale };
  const outputs = await readOutputs(entry, subject.expectedResults);
  const { threshold } = thresholdsOf(subject.config);
  const lines = different.flatMap((result) => compareResult(outputs, result, { case: entry.tolerance, suite: tolerance }, threshold));
  const problems = [...new Set(lines.filter(({ ok }) => !ok).map(lineText))];
  return { ...checked, reference: problems.length === 0 ? 'equal' : 'differs', problems };
}
