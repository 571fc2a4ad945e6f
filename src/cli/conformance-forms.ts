// The forms in which `mvas conform --report` writes; each is loaded when it is wanted.
import type { ConformanceReport } from '../conformance/report-schema.ts';
import type { ReportForms } from './report-files.ts';

/** By extension. */
export const conformanceForms: ReportForms<ConformanceReport> = {
  '.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  '.xml': async (report) => (await import('../report/conformance/junit.ts')).renderJunit(await described(report)),
  '.sarif': async (report) => (await import('../report/conformance/sarif.ts')).renderSarif(await described(report)),
  '.md': async (report) => (await import('../report/conformance/markdown.ts')).renderMarkdown(await described(report)),
  '.html': async (report) => (await import('../report/conformance/conformance-page.ts')).renderConformancePage(await described(report)),
};

async function described(report: ConformanceReport) {
  const { describeReport } = await import('../conformance/describe-report.ts');
  return describeReport(report);
}
