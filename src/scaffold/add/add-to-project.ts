// What every mvas add does: opens the project, makes one addition, writes all of it or nothing.
import { resolve } from 'node:path';
import type { Io } from '../../core/io.ts';
import type { Answers } from '../answers.ts';
import { renderProject } from '../render.ts';
import { findScaffolded, readRecord, type ScaffoldRecord } from '../scaffold-record.ts';
import { type SourceFile, sourcesOf } from '../source-files.ts';
import { openTemplate } from '../template.ts';
import { finishInterrupted } from '../upgrade/apply-changes.ts';
import type { Decision } from '../upgrade/decide-file.ts';
import { mergeProject, withDigest } from '../upgrade/merge-project.ts';
import type { NextFile } from '../upgrade/plan-merge.ts';
import type { MergeReport } from '../upgrade/report.ts';
import { userMachine } from '../upgrade/user-machine.ts';

/** To which project, and how. */
export interface AddOptions {
  /** Any folder of the project, relative to `io.cwd`. */
  readonly folder: string;
  /** Template of the project; default that of its record. */
  readonly template?: string | undefined;
  /** Plan only. */
  readonly dryRun?: boolean;
}

/** A project that something is added to. */
export interface OpenedProject {
  readonly root: string;
  readonly record: ScaffoldRecord;
  /** The template's files as a project with these answers has them. */
  render(answers: Answers): Promise<readonly NextFile[]>;
}

/** What an addition changes: the template's files between two renderings, and files of its own. */
export interface Addition {
  readonly base?: readonly NextFile[];
  readonly next?: readonly NextFile[];
  readonly answers?: Answers;
  readonly also?: readonly Decision[];
  readonly notes?: readonly string[];
}

/**
 * Makes an addition.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND` outside a project, what `make` throws, `CONFLICT_UNRESOLVED` where markers of an upgrade are left
 * in what it would merge, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function addToProject(
  { folder, template, dryRun = false }: AddOptions,
  make: (project: OpenedProject) => Promise<Addition>,
  io: Io,
): Promise<MergeReport> {
  const root = await findScaffolded(resolve(io.cwd, folder));
  await finishInterrupted(root);
  const record = await readRecord(root);
  let sources: readonly SourceFile[] | undefined;
  const render = async (answers: Answers) => {
    sources ??= await sourcesOf(await openTemplate(template ?? record.template, io.cwd));
    const { base } = await userMachine(root, record.version);
    return renderProject(sources, answers, base).map(withDigest);
  };
  const { base = [], next = [], answers = record.answers, also = [], notes = [] } = await make({ root, record, render });
  const records = { before: record, after: { ...record, answers } };
  return await mergeProject(root, { base, next, sdk: new Set() }, records, { dryRun, notes, also }, io);
}
