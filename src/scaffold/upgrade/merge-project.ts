// Brings a project from one rendering of its template to another and keeps every edit of the user's.

import { sha256Hex } from '../../core/digest.ts';
import type { Io } from '../../core/io.ts';
import type { ProjectFile } from '../render.ts';
import { recordData, recordPath, type ScaffoldRecord } from '../scaffold-record.ts';
import { applyChanges } from './apply-changes.ts';
import type { Decision, FileChange, RenderedFile } from './decide-file.ts';
import { type NextFile, planMerge } from './plan-merge.ts';
import { countPending, describeDecision, type MergeReport } from './report.ts';
import { requireResolved } from './require-resolved.ts';

/** From what to what. */
export interface Renderings {
  readonly base: readonly RenderedFile[];
  readonly next: readonly NextFile[];
  readonly sdk: ReadonlySet<string>;
}

/** What the project's record says before and after. */
export interface Records {
  readonly before: ScaffoldRecord;
  readonly after: ScaffoldRecord;
}

/** How the merge is made. */
export interface MergeSettings {
  readonly dryRun: boolean;
  readonly notes: readonly string[];
  /** More files to write with it. */
  readonly also?: readonly Decision[];
}

/**
 * Merges and writes, all or nothing; a dry run only plans.
 *
 * @throws {@link KitError} `CONFLICT_UNRESOLVED` where markers of an earlier merge are left, `INTERRUPTED`, `WRITE_FAILED`.
 */
export async function mergeProject(
  root: string,
  renderings: Renderings,
  { before, after }: Records,
  { dryRun, notes, also = [] }: MergeSettings,
  io: Io,
): Promise<MergeReport> {
  const { base, next } = renderings;
  await requireResolved(
    root,
    [...base, ...next, ...also].map(({ path }) => path),
  );
  const label = `mvas-kit ${after.version}, template ${after.template}`;
  const plan = [...(await planMerge(root, { ...renderings, label })), ...also];
  const changes: FileChange[] = plan.flatMap((decision) => decision.changes);
  const record = recordData(after);
  if (!recordData(before).equals(record)) changes.push({ path: recordPath, data: record, mode: 0o644 });
  if (!dryRun && changes.length > 0) await applyChanges(root, changes, io.signal);
  return {
    root,
    template: after.template,
    from: { version: before.version, digest: before.digest },
    to: { version: after.version, digest: after.digest },
    answers: after.answers,
    written: !dryRun,
    pending: countPending(plan),
    conflicts: plan.filter(({ action }) => action === 'conflict').length,
    files: plan.map(describeDecision),
    notes,
  };
}

/** A rendered file with its digest. */
export function withDigest(file: ProjectFile): NextFile {
  return { ...file, sha256: sha256Hex(file.data) };
}
