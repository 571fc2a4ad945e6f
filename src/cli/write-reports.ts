// Turns the reports that a project has on disk into pages, and joins them by an index.
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BenchReport } from '../bench/bench-report.ts';
import type { ConformanceReport } from '../conformance/report-schema.ts';
import { writeFileAtomic } from '../core/atomic-write.ts';
import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import type { EvaluationReport } from '../golden/evaluation/evaluation-report.ts';
import { readExpectedResults } from '../golden/expected-results.ts';
import type { GoldenReport } from '../golden/golden-report.ts';
import { folderSubject } from '../golden/open-subject.ts';
import { digestSubject, type PluginSubject } from '../golden/plugin-subject.ts';
import { readAnyManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/script-manifest.ts';
import { renderIndexPage } from '../report/index-page.ts';
import { conformanceForms } from './conformance-forms.ts';
import { benchHtml } from './render/bench-page.ts';
import { renderGoldenReport } from './render/golden-page.ts';
import { benchEntry, conformanceEntry, evaluationEntry, goldenEntry, type JoinedReports } from './render/index-entries.ts';
import { storedPictures } from './render/stored-pictures.ts';

/**
 * Writes a page for each report of the project that a folder belongs to on this platform, and the index of them; a page that is newer than
 * its report is left. Returns the path of the index.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` outside of a project, `NOTHING_TESTED` when there is no report, `FILE_INVALID` when one is no
 * report of this version.
 */
export async function writeReports(place: string): Promise<string> {
  const subject = await folderSubject(place);
  const folder = subject.reports ?? join(subject.root, 'reports');
  const path = (kind: string, ending: string): string => join(folder, `${kind}.${hostPlatform()}.${ending}`);
  const reports: JoinedReports = {
    conformance: await readReport<ConformanceReport>(path('conformance', 'json'), 'conformance'),
    golden: await readReport<GoldenReport>(path('golden', 'json'), 'golden'),
    bench: await readReport<BenchReport>(path('bench', 'json'), 'bench'),
    evaluation: await readReport<EvaluationReport>(path('evaluation', 'json'), 'evaluation'),
  };
  const { conformance, golden, bench, evaluation } = reports;
  if (Object.values(reports).every((report) => report === undefined))
    throw new KitError('NOTHING_TESTED', `${folder} holds no report of ${hostPlatform()}`, {
      hint: `make one first: ${subject.script === undefined ? 'mvas conform, ' : ''}mvas golden or mvas bench`,
    });
  const page = async (kind: string, render: () => Promise<string> | string): Promise<void> => {
    if (!(await isNewer(path(kind, 'html'), path(kind, 'json')))) await writeFileAtomic(path(kind, 'html'), await render());
  };
  if (conformance !== undefined) await page('conformance', async () => (await conformanceForms['.html']?.(conformance)) ?? '');
  if (golden !== undefined) await page('golden', () => goldenPage(golden, subject));
  if (bench !== undefined) await page('bench', () => benchHtml(bench));
  const index = join(folder, 'index.html');
  const file = (kind: string): string => basename(path(kind, 'html'));
  const present = await digestSubject(subject).then(
    ({ plugin }) => plugin,
    () => undefined,
  );
  const entries = [
    ...(subject.script === undefined ? [conformanceEntry(conformance, file('conformance'), present)] : []),
    goldenEntry(golden, file('golden'), present),
    benchEntry(bench, file('bench'), present),
    ...(evaluation === undefined ? [] : [evaluationEntry(evaluation, file('evaluation'), present)]),
  ];
  await writeFileAtomic(
    index,
    renderIndexPage({ ...summaryOf(await appOf(subject), subject.script === undefined ? 3 : 2, reports), entries }),
  );
  return index;
}

const commandOf: Readonly<Record<string, string>> = { conformance: 'conform', evaluation: 'golden evaluate' };

async function readReport<R extends { readonly schema: string }>(path: string, kind: string): Promise<R | undefined> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return undefined;
  const value = (await readJsonFile(path)) as R | null;
  if (value?.schema === `${kind}-report-v1`) return value;
  throw new KitError('FILE_INVALID', `${path} is no ${kind} report of this version of the kit`, {
    hint: `make it again: mvas ${commandOf[kind] ?? kind}`,
  });
}

async function isNewer(page: string, report: string): Promise<boolean> {
  const [made, from] = await Promise.all([page, report].map((path) => stat(path).catch(() => undefined)));
  return made !== undefined && from !== undefined && made.mtimeMs >= from.mtimeMs;
}

async function goldenPage(report: GoldenReport, subject: PluginSubject): Promise<string> {
  const { images } = await readExpectedResults(subject.expectedResults);
  return await renderGoldenReport(report, images, { folder: subject.testImages, seen: await storedPictures(subject, images) });
}

async function appOf({ root, script }: PluginSubject): Promise<Manifest['app']> {
  return (script?.manifest ?? (await readAnyManifest(join(root, 'manifest.json')))).app;
}

/** `wanted` reports make the whole: a script has no interface to be held against. */
function summaryOf({ id, name, version }: Manifest['app'], wanted: number, { conformance, golden, bench }: JoinedReports) {
  const known = [conformance, golden, bench].filter((report) => report !== undefined);
  const bad = known.filter(({ ok }) => !ok).length;
  const open = wanted - known.length;
  const verdict =
    bad > 0
      ? ({ tone: 'fail', text: `${bad} of ${known.length} not in order` } as const)
      : ({ tone: open === 0 ? 'pass' : 'review', text: open === 0 ? 'All in order' : `${open} not tried yet` } as const);
  const facts = [...new Map(known.flatMap(factsOf)).entries()];
  return { title: `${name} ${version}`, verdict, lead: `${id} on ${hostPlatform()}`, facts };
}

/** What a report is about; later reports of the same build say the same. */
function factsOf({ plugin, model, kit }: ConformanceReport | GoldenReport | BenchReport): [label: string, value: string][] {
  return [
    ['Plugin', `${plugin.path}, SHA-256 ${plugin.sha256}`],
    ['Model', model === null ? 'none' : `${model.path}, SHA-256 ${model.sha256}`],
    ['Kit', kit.version],
  ];
}
