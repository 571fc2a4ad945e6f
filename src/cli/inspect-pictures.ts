// What `mvas infer` does; apart from its flags, so that help loads none of it.
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { readError } from '../core/read-error.ts';
import { findProject } from '../project/project.ts';
import { type InferOptions, type InferReport, inferOnce, type LoadedApp } from '../runtime/infer-once.ts';
import { modelText, renderInferencePage } from './render/inference-page.ts';
import { InferenceTable } from './render/inference-table.ts';

/** Flags of `mvas infer`. */
export interface InferFlags {
  readonly batch?: true;
  readonly output?: string;
  readonly visualize?: true;
  readonly json?: true;
  readonly config?: string;
  readonly set?: Record<string, string>;
  readonly timeout?: number;
  readonly inProcess?: true;
  readonly allowUnsigned?: true;
  readonly failOn?: 'fail' | 'review';
}

/** Inspects pictures and tells of them; gives the exit code. */
export async function inspectPictures(io: Io, flags: InferFlags, app: string, images: readonly string[]): Promise<number> {
  const report = await inferOnce(await rootOf(resolve(io.cwd, app), app), images, await inferOptions(io, flags));
  if (flags.json) io.print(JSON.stringify(report.records.length === 1 ? report.records[0] : report.records, null, 2));
  return conclude(io, report, flags.failOn);
}

/** A folder inside a project means the project; a file there is a package and stays one; what is not there may name an installed app. */
async function rootOf(subject: string, named: string): Promise<string> {
  const stats = await stat(subject).catch(() => undefined);
  if (stats === undefined && basename(named) === named) return named;
  return (stats?.isDirectory() ? await findProject(subject) : undefined) ?? subject;
}

async function inferOptions(io: Io, flags: InferFlags): Promise<InferOptions> {
  const folder = flags.output ?? (flags.visualize && 'mvas-infer');
  let table: InferenceTable | undefined;
  return {
    io,
    allowUnsigned: flags.allowUnsigned ?? false,
    batch: flags.batch ?? false,
    inProcess: flags.inProcess ?? false,
    ...(flags.timeout !== undefined && { timeoutMs: flags.timeout }),
    settings: { ...(flags.config !== undefined && { file: await readSettings(resolve(io.cwd, flags.config)) }), values: flags.set ?? {} },
    ...(folder !== undefined && { output: { folder: resolve(io.cwd, folder), renderPage: renderInferencePage } }),
    onLoaded(app, images) {
      for (const line of notes(app, flags)) io.progress(line);
      if (!flags.json) table = new InferenceTable(images, io.colour, io.print);
    },
    onRecord: (record) => table?.add(record),
  };
}

function notes(app: LoadedApp, flags: InferFlags): string[] {
  const { name, version } = app.manifest.app;
  const found = [`${name} ${version}: ${app.trust}; ready after ${app.loadTimeMs.toFixed(0)} ms`];
  if (app.passedOver.length > 0) found.push(`model ${modelText(app)}`);
  if (flags.batch && app.batchSize === 1)
    found.push('one picture at a time: the plugin or its manifest (interface.input.max_batch_size) takes no more');
  return found;
}

async function readSettings(path: string): Promise<{ text: string; name: string }> {
  try {
    return { text: await readFile(path, 'utf8'), name: path };
  } catch (cause) {
    throw readError(path, cause, 'check the path of --config');
  }
}

function conclude(io: Io, { records, ending, output }: InferReport, failOn: 'fail' | 'review' | undefined): number {
  if (output !== undefined) io.progress(`contact sheet: ${join(output, 'index.html')}`);
  if (ending !== undefined) io.progress(`the results are complete, but the plugin failed when it was ended: ${ending.message}`);
  const failed = records.filter((record) => 'error' in record);
  if (failed.length > 0) {
    throw new KitError(
      'INFER_FAILED',
      `${failed.length} of ${records.length} pictures could not be inspected: ${failed
        .map(({ image }) => image)
        .slice(0, 5)
        .join(', ')}`,
      {
        hint: 'the result of each says why',
      },
    );
  }
  const accepted = { fail: ['pass', 'review'], review: ['pass'] }[failOn ?? 'fail'];
  const refused = failOn === undefined ? 0 : records.filter((record) => 'decision' in record && !accepted.includes(record.decision)).length;
  if (refused > 0)
    io.progress(
      `${refused} of ${records.length} pictures are ${failOn === 'fail' ? 'not passed or for review' : 'not passed'} (--fail-on ${failOn})`,
    );
  return refused > 0 || ending !== undefined ? 1 : 0;
}
