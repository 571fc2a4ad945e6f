// Runs a plugin over the images several times and stages references for those results that repeat.
import { join } from 'node:path';
import { sha256File } from '../core/digest.ts';
import { KitError } from '../core/kit-error.ts';
import { kitVersion } from '../core/kit-version.ts';
import { hostPlatform } from '../core/platform.ts';
import type { InferenceResult } from '../harness/plugin-host.ts';
import { decodeImage } from '../image/decode-image.ts';
import { pixelsSha256 } from '../image/to-frame.ts';
import { compareResult, mapSpread } from './compare-result.ts';
import type { ExpectedCase, Provenance } from './expected-results.ts';
import { lineText } from './golden-line.ts';
import type { GoldenSession } from './golden-session.ts';
import { type Inspector, openInspector } from './inspector.ts';
import { type ReferenceOutputs, readOutputs } from './outputs.ts';
import { writeReference } from './reference-files.ts';
import { borderWarning, thresholdsOf } from './thresholds.ts';

/** A reference whose files lie in the staging folder. */
export interface Recorded {
  readonly entry: ExpectedCase;
  /** Files of the entry, relative to the folder. */
  readonly files: readonly string[];
  readonly warning?: string;
}

interface RunOptions {
  readonly reason?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (line: string) => void;
}

type Spread = NonNullable<Provenance['spread']>;

/**
 * Stages references from a first run and compares four more with them: three in other orders, one in a fresh process.
 *
 * @throws {@link KitError} `GOLDEN_MISMATCH` naming the image, the run and the outputs that differ.
 */
export async function recordDeterministic(
  session: GoldenSession,
  images: readonly string[],
  staging: string,
  options: RunOptions,
): Promise<Recorded[]> {
  options.progress?.(`run 1 of 5 over ${images.length} image(s)`);
  const staged = new Map<string, ExpectedCase>();
  for (const image of images) staged.set(image, await stage(session, image, staging, options.reason));
  const spreads = new Map<string, Spread>();
  for (let run = 2; run <= 4; run += 1) {
    options.progress?.(`run ${run} of 5, in another order`);
    await repeat(session, session.inspector, permuted([...staged.values()], run), { staging, spreads, run: `run ${run}` });
  }
  options.progress?.('run 5 of 5, in a fresh process');
  const fresh = await openInspector(session.subject, options.signal);
  try {
    await repeat(session, fresh, [...staged.values()], { staging, spreads, run: 'a run in a fresh process' });
  } finally {
    await fresh.close();
  }
  return [...staged.values()].map((entry) => finished(session, entry, spreads.get(entry.image) ?? noSpread));
}

const noSpread: Spread = { confidence: 0, anomaly_score: 0, anomaly_map: 0 };

async function stage(session: GoldenSession, image: string, staging: string, reason: string | undefined): Promise<ExpectedCase> {
  const { subject, digests, expected, inspector } = session;
  const path = join(subject.testImages, image);
  const picture = await decodeImage(path);
  const entry = await writeReference(staging, 'expected', image, await inspector.inspect(picture));
  const { tolerance } = expected.images.find((former) => former.image === image) ?? {};
  return {
    ...entry,
    pixels_sha256: pixelsSha256(picture),
    provenance: {
      model: digests.model,
      config: digests.config,
      image: await sha256File(path),
      plugin: digests.plugin,
      kit: kitVersion,
      platform: hostPlatform(),
      ...(reason === undefined ? {} : { reason }),
    },
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

async function repeat(
  session: GoldenSession,
  inspector: Inspector,
  entries: readonly ExpectedCase[],
  { staging, spreads, run }: { staging: string; spreads: Map<string, Spread>; run: string },
): Promise<void> {
  const { subject, expected } = session;
  const { threshold } = thresholdsOf(subject.config);
  const expectedResults = join(staging, 'expected_results.json');
  for (const entry of entries) {
    const result = await inspector.inspect(await decodeImage(join(subject.testImages, entry.image)));
    const outputs = await readOutputs(entry, expectedResults);
    const lines = compareResult(outputs, result, { case: entry.tolerance, suite: expected.tolerance }, threshold);
    const broken = lines.filter(({ ok }) => !ok);
    if (broken.length > 0) throw notDeterministic(entry.image, run, broken.map(lineText));
    spreads.set(entry.image, widened(spreads.get(entry.image) ?? noSpread, outputs, result));
  }
}

function widened(former: Spread, expected: ReferenceOutputs, result: InferenceResult): Spread {
  const off = (wanted: unknown, actual: number): number => Math.abs(actual - (typeof wanted === 'number' ? wanted : actual));
  return {
    confidence: Math.max(former.confidence, off(expected.confidence, result.confidence)),
    anomaly_score: Math.max(former.anomaly_score, off(expected.anomalyScore, result.anomalyScore)),
    anomaly_map: Math.max(former.anomaly_map, mapSpread(expected.anomalyMap ?? undefined, result.anomalyMap)),
  };
}

function finished({ subject, expected }: GoldenSession, entry: ExpectedCase, spread: Spread): Recorded {
  const { anomaly_map: map, visualization, provenance } = entry;
  const files = [map, visualization].flatMap((output) => (output ? [output.file] : []));
  const score = typeof entry.anomaly_score === 'number' ? entry.anomaly_score : Number.NaN;
  const warning = borderWarning(score, thresholdsOf(subject.config), expected.tolerance);
  const whole = provenance === undefined ? entry : { ...entry, provenance: { ...provenance, spread } };
  return { entry: whole, files, ...(warning === undefined ? {} : { warning }) };
}

/** An order of its own for each of the runs 2 to 4. */
function permuted(entries: readonly ExpectedCase[], run: number): readonly ExpectedCase[] {
  const even = entries.filter((_, at) => at % 2 === 0);
  const odd = entries.filter((_, at) => at % 2 === 1);
  if (run === 2) return entries.toReversed();
  return run === 3 ? [...odd, ...even] : [...even.toReversed(), ...odd];
}

function notDeterministic(image: string, run: string, lines: readonly string[]): KitError {
  return new KitError(
    'GOLDEN_MISMATCH',
    `the plugin does not repeat its result for ${image}: ${run} differs from run 1 in ${lines.join('; ')}`,
    {
      hint: 'make the plugin deterministic, or allow the difference in tolerance; details that vary go to tolerance.details.ignore',
    },
  );
}
