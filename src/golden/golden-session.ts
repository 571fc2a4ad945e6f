// An open plugin beside its references: compares one image after the other and sums them up.
import { dirname, join } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { decodeImage } from '../image/decode-image.ts';
import { compareNames, listImageFiles } from '../image/image-files.ts';
import type { Picture } from '../image/picture.ts';
import { compareResult } from './compare-result.ts';
import { decodingProblem } from './decoding.ts';
import { type ExpectedResults, readExpectedResults } from './expected-results.ts';
import { countStatuses, type GoldenCase, type GoldenReport, reportHead } from './golden-report.ts';
import { type Inspector, openInspector } from './inspector.ts';
import { type ActualOutputs, type ReferenceOutputs, readOutputs } from './outputs.ts';
import { digestSubject, type PluginSubject, reportPath, type SubjectDigests } from './plugin-subject.ts';
import { removeActual, writeActual } from './reference-files.ts';
import { spreadProblems, staleness } from './staleness.ts';
import { thresholdsOf } from './thresholds.ts';
import type { Tolerance } from './tolerance.ts';

/** Compares a plugin with its references, image by image. */
export interface GoldenSession {
  readonly subject: PluginSubject;
  readonly digests: SubjectDigests;
  readonly expected: ExpectedResults;
  /** Every picture of the folder and every image the references name, in natural order. */
  readonly images: readonly string[];
  readonly inspector: Inspector;
  /** Compares one image; a plugin that fails or dies on it is a failed image. */
  compare(image: string): Promise<GoldenCase>;
  /** What was compared so far. */
  report(): GoldenReport;
  close(): Promise<void>;
}

/** How to compare. */
export interface GoldenOptions {
  readonly signal?: AbortSignal;
  /** Limits of this run; suite and case win. */
  readonly profile?: Tolerance;
  /** Gets what was compared, for a page that shows it; called only where both sides are there. */
  readonly onSeen?: (seen: SeenCase) => Promise<void>;
}

/** Both sides of a comparison and the picture they are about. */
export interface SeenCase {
  readonly image: string;
  readonly picture: Picture;
  readonly expected: ReferenceOutputs;
  readonly actual: ActualOutputs;
}

/**
 * Opens a plugin and its references.
 *
 * @throws {@link KitError} `NOTHING_TESTED` when there is no image, and whatever reading and loading throw.
 */
export async function openGoldenSession(subject: PluginSubject, options: GoldenOptions = {}): Promise<GoldenSession> {
  const started = performance.now();
  const digests = await digestSubject(subject);
  const expected = await readExpectedResults(subject.expectedResults);
  const images = await imagesOf(subject, expected);
  const inspector = await openInspector(subject, options.signal);
  const done = new Map<string, GoldenCase>();
  const session: GoldenSession = {
    subject,
    digests,
    expected,
    images,
    inspector,
    async compare(image) {
      const compared = await compareImage(session, image, options);
      if (options.signal?.aborted) throw new KitError('INTERRUPTED', 'the comparison was interrupted');
      done.set(image, compared);
      return compared;
    },
    report() {
      const cases = [...done.values()].sort((a, b) => compareNames(a.image, b.image));
      return {
        ...reportHead('golden', subject, digests, inspector.info),
        expectedResults: reportPath(subject, subject.expectedResults),
        ok: cases.length > 0 && cases.every(({ status }) => status === 'passed'),
        counts: countStatuses(cases),
        images: cases,
        durationMs: Math.round(performance.now() - started),
      };
    },
    close: () => inspector.close(),
  };
  return session;
}

/**
 * Every picture of the folder and every image the references name, in natural order.
 *
 * @throws {@link KitError} `NOTHING_TESTED` when there is none.
 */
export async function imagesOf({ testImages }: PluginSubject, expected: ExpectedResults): Promise<string[]> {
  const named = expected.images.map(({ image }) => image);
  const found = await listImageFiles(testImages).catch((error: unknown) => {
    if (named.length > 0) return []; // every named image will say that it is missing
    throw error;
  });
  const images = [...new Set([...found, ...named])].sort(compareNames);
  if (images.length > 0) return images;
  throw new KitError('NOTHING_TESTED', `${testImages} holds no pictures`, { hint: 'put pictures of good and of defective parts there' });
}

async function compareImage(session: GoldenSession, image: string, options: GoldenOptions): Promise<GoldenCase> {
  const { subject, expected, inspector } = session;
  const entry = expected.images.find((candidate) => candidate.image === image);
  if (entry === undefined) return { image, status: 'missing', reasons: ['no reference is recorded: npx mvas golden record'], lines: [] };
  const known = { image, lines: [], ...(entry.provenance ? { provenance: entry.provenance } : {}) };
  try {
    const path = join(subject.testImages, image);
    const picture = await decodeImage(path);
    const stale = staleness(entry, session.digests, await sha256File(path));
    const decoding = stale.length === 0 ? decodingProblem(entry, picture) : undefined;
    if (decoding !== undefined) return { ...known, status: 'failed', reasons: [decoding] };
    const { threshold } = thresholdsOf(subject.config);
    const result = await inspector.inspect(picture);
    const outputs = await readOutputs(entry, subject.expectedResults);
    const tolerance = { suite: expected.tolerance, profile: options.profile };
    const lines = compareResult(outputs, result, { case: entry.tolerance, ...tolerance }, threshold);
    const problems = spreadProblems(entry, tolerance);
    await options.onSeen?.({ image, picture, expected: outputs, actual: result });
    const same = lines.every(({ ok }) => ok) && problems.length === 0;
    await keepActual(subject, image, same ? undefined : result);
    const status = stale.length > 0 ? 'stale' : same ? 'passed' : 'failed';
    const { decision, anomalyScore } = result;
    return { ...known, status, reasons: [...stale, ...problems], lines, decision, anomalyScore };
  } catch (error) {
    if (!(error instanceof KitError) || error.code === 'INTERRUPTED') throw error;
    return { ...known, status: 'failed', reasons: [error.message] };
  }
}

/** Says that a picture decodes to other pixels than when its reference was recorded. */
export async function keepActual(subject: PluginSubject, image: string, result: InferenceResult | undefined): Promise<void> {
  if (subject.reports === undefined) return;
  const folder = dirname(subject.expectedResults);
  await removeActual(folder, image);
  if (result !== undefined) await writeActual(folder, image, result);
}
