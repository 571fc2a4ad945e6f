// Records golden references, after proving that the plugin gives the same result again.
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError, writeFileAtomic } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import { compareNames } from '../image/image-files.ts';
import { chooseImages } from './compare-golden.ts';
import { type ExpectedCase, formatExpectedResults } from './expected-results.ts';
import { type GoldenOptions, type GoldenSession, openGoldenSession } from './golden-session.ts';
import { type PluginSubject, reportPath } from './plugin-subject.ts';
import { type Recorded, recordDeterministic } from './record-deterministic.ts';
import { removeActual } from './reference-files.ts';

/** What to record, and who says so. */
export interface RecordOptions extends GoldenOptions {
  /** 'changed': references that are missing, stale or not met. 'missing': only new ones. 'all': every image. */
  readonly mode: 'changed' | 'missing' | 'all';
  /** Only these images; they are recorded whatever the mode. */
  readonly cases?: readonly string[];
  /** Why references change; needed when one that exists is replaced. */
  readonly reason?: string;
  /** In continuous integration nothing is recorded. */
  readonly ci: boolean;
  /** Told what is going on. */
  readonly progress?: (line: string) => void;
}

/** What was recorded. */
export interface RecordReport {
  readonly schema: 'golden-record-v1';
  readonly expectedResults: string;
  readonly recorded: readonly {
    readonly image: string;
    readonly replaced: boolean;
    readonly decision: string;
    readonly warning?: string;
  }[];
  /** Images whose references were left as they are. */
  readonly kept: readonly string[];
}

/**
 * Records references. Every image is inspected five times, in changing order and in two processes, and is recorded only when the
 * results agree within its tolerance. Nothing is written unless all images agree.
 *
 * @throws {@link KitError} `FLAG_INVALID` in CI, `ANSWER_MISSING` without a reason, `GOLDEN_MISMATCH` when runs differ.
 */
export async function recordGolden(subject: PluginSubject, options: RecordOptions): Promise<RecordReport> {
  if (options.ci) throw refusedInCi();
  const session = await openGoldenSession(subject, options);
  try {
    const images = await chosen(session, options);
    const existing = new Map(session.expected.images.map((entry) => [entry.image, entry]));
    requireReason(
      images.filter((image) => existing.has(image)),
      options.reason,
    );
    const recorded = images.length === 0 ? [] : await recordAll(session, images, options);
    return {
      schema: 'golden-record-v1',
      expectedResults: reportPath(subject, subject.expectedResults),
      recorded: recorded.map(({ entry, warning }) => ({
        image: entry.image,
        replaced: existing.has(entry.image),
        decision: String(entry.decision),
        ...(warning === undefined ? {} : { warning }),
      })),
      kept: session.images.filter((image) => existing.has(image) && !images.includes(image)),
    };
  } finally {
    await session.close();
  }
}

async function chosen(session: GoldenSession, { mode, cases }: RecordOptions): Promise<readonly string[]> {
  if (cases !== undefined || mode === 'all') return chooseImages(session.images, cases);
  const known = new Set(session.expected.images.map(({ image }) => image));
  if (mode === 'missing') return session.images.filter((image) => !known.has(image));
  const changed: string[] = [];
  for (const image of session.images) if ((await session.compare(image)).status !== 'passed') changed.push(image);
  return changed;
}

async function recordAll(session: GoldenSession, images: readonly string[], options: RecordOptions): Promise<Recorded[]> {
  const { expectedResults } = session.subject;
  const folder = dirname(expectedResults);
  const staging = await stagingIn(folder).catch((cause: unknown) => {
    throw writeError(folder, cause);
  });
  try {
    const recorded = await recordDeterministic(session, images, staging, options);
    const text = formatExpectedResults(expectedResults, { ...session.expected, images: merged(session.expected.images, recorded) });
    for (const { files } of recorded) for (const file of files) await place(join(staging, file), join(folder, file));
    for (const image of images) await removeActual(folder, image);
    await writeFileAtomic(expectedResults, text);
    return recorded;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function stagingIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return await mkdtemp(join(folder, '.recording-'));
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

function merged(former: readonly ExpectedCase[], recorded: readonly Recorded[]): ExpectedCase[] {
  const entries = new Map(former.map((entry) => [entry.image, entry]));
  for (const { entry } of recorded) entries.set(entry.image, entry);
  return [...entries.values()].sort((a, b) => compareNames(a.image, b.image));
}

function requireReason(replaced: readonly string[], reason: string | undefined): void {
  if (replaced.length === 0 || (reason ?? '').trim() !== '') return;
  const names = replaced.slice(0, 5).join(', ') + (replaced.length > 5 ? ', …' : '');
  throw new KitError('ANSWER_MISSING', `${replaced.length} reference(s) would be replaced (${names}), and nobody said why`, {
    hint: 'say why with --reason "…", or record only new images with --missing',
  });
}

function refusedInCi(): KitError {
  return new KitError('FLAG_INVALID', 'references are not recorded with CI=true: a run would approve its own results', {
    hint: 'record on your machine, look at the difference and commit it',
  });
}
