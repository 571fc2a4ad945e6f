// Holds a plugin against the contract again after every rebuild, in processes that stay ready.
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { type ConformOptions, conform } from './conform.ts';
import { contentOf, untilChanged, untilWhole, type WatchedFiles } from './file-content.ts';
import type { OpenedSubject } from './open-subject.ts';
import type { ConformanceReport } from './report-schema.ts';
import { startConformanceRunner } from './start-conformance-runner.ts';

/** What came of one state of the files. */
export type Verdict =
  | { readonly kind: 'report'; readonly report: ConformanceReport; readonly opened: OpenedSubject }
  /** It could not be tested: a manifest that is wrong, a library that is gone. The next change is waited for all the same. */
  | { readonly kind: 'untested'; readonly error: KitError };

/** How to test; the baseline may depend on what was opened. */
export interface OnChangeOptions extends Omit<ConformOptions, 'baseline' | 'runner'> {
  readonly baseline?: (opened: OpenedSubject) => Promise<string | undefined>;
}

/**
 * Tests what `open` opens, and again whenever the library, its model, settings, manifest or known problems have another content. A result
 * is given only when nothing changed while it was made. Ends by `signal` alone.
 *
 * @throws {@link KitError} what the first run throws, then `INTERRUPTED` only.
 */
export async function* conformOnChange(open: () => Promise<OpenedSubject>, options: OnChangeOptions): AsyncGenerator<Verdict> {
  const runner = await startConformanceRunner(options);
  let files: WatchedFiles | undefined;
  try {
    for (;;) {
      let known = '';
      try {
        await using opened = await open();
        const baseline = await options.baseline?.(opened);
        files = filesOf(opened, baseline);
        await untilWhole(files.library, options.signal);
        known = await contentOf(files);
        const report = await conform(opened.subject, { ...options, baseline, runner });
        if (known === (await contentOf(files))) yield { kind: 'report', report, opened };
      } catch (error) {
        if (files === undefined || !(error instanceof KitError) || error.code === 'INTERRUPTED') throw error;
        known = await contentOf(files);
        yield { kind: 'untested', error };
      }
      await untilChanged(files, known, options.signal);
    }
  } finally {
    await runner.close();
  }
}

function filesOf({ subject, project }: OpenedSubject, baseline: string | undefined): WatchedFiles {
  const { library, model, config, package: archive, root } = subject;
  const own = project === undefined ? [] : [project.manifestPath, join(root, 'conformance.baseline.json')];
  const named = [model, config.path, archive, baseline].filter((path) => path !== undefined && path !== null);
  return { library, others: [...own, ...named] };
}
