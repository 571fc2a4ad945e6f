// What mvas upgrade and mvas add report.
import { sha256Hex } from '../../core/digest.ts';
import type { Answers } from '../answers.ts';
import type { Decision, MergeAction } from './decide-file.ts';

/** What happens to one file of a project. */
export interface MergedFile {
  /** Path in the project, with `/`. */
  readonly path: string;
  /**
   * `kept`: the user's file or its absence is left alone. `merge`: both sides' edits are in it. `conflict`: a person must look;
   * the note says at what.
   */
  readonly action: MergeAction;
  /** Path before, where it is renamed. */
  readonly from?: string;
  /** Digest and size of what is written; absent where nothing is. */
  readonly sha256?: string;
  readonly sizeBytes?: number;
  readonly note?: string;
}

/** A version of a template. */
export interface TemplateVersion {
  readonly version: string;
  readonly digest: string;
}

/** What was done to a project, or in a dry run would be. */
export interface MergeReport {
  readonly root: string;
  readonly template: string;
  readonly from: TemplateVersion;
  readonly to: TemplateVersion;
  readonly answers: Answers;
  readonly written: boolean;
  /** Files that must or would be written, removed or looked at: 0 when the project is as fresh as the kit. */
  readonly pending: number;
  readonly conflicts: number;
  readonly files: readonly MergedFile[];
  readonly notes: readonly string[];
}

/** A decision as the report tells it. */
export function describeDecision({ path, action, from, changes, note }: Decision): MergedFile {
  const written = changes.find((change) => change.path === path)?.data;
  return {
    path,
    action,
    ...(from === undefined ? {} : { from }),
    ...(written === undefined ? {} : { sha256: sha256Hex(written), sizeBytes: written.length }),
    ...(note === undefined ? {} : { note }),
  };
}

/** How many files of a plan are not as they should be. */
export function countPending(plan: readonly Decision[]): number {
  return plan.filter(({ action }) => action !== 'identical' && action !== 'kept').length;
}
