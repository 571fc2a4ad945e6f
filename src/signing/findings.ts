// What a verification reports: stages in their order, and what each found.
import type { ErrorCode } from '../core/kit-error.ts';
import { KitError } from '../core/kit-error.ts';

/** One reason not to trust a package; the message does not name the package. */
export interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  /** The next step, where it is not that of its code. */
  readonly hint?: string;
}

/** A stage of a verification. */
export type StageName = 'container' | 'signatureFile' | 'signer' | 'signature' | 'files' | 'content' | 'manifest' | 'policy';

/** The stages in the order in which they decide. */
const stageNames: readonly StageName[] = ['container', 'signatureFile', 'signer', 'signature', 'files', 'content', 'manifest', 'policy'];

/** What a stage found; `waived` when the caller allowed what it found, `notRun` when an earlier one left nothing to judge. */
export interface Stage {
  readonly name: StageName;
  readonly status: 'passed' | 'failed' | 'waived' | 'notRun';
  readonly findings: readonly Finding[];
}

/** Collects the stages of one verification. */
export class StageLog {
  readonly #stages = new Map<StageName, Stage>();

  /** Records what a stage found. */
  record(name: StageName, findings: readonly Finding[]): void {
    this.#stages.set(name, { name, status: findings.length === 0 ? 'passed' : 'failed', findings });
  }

  /** Records a finding that the caller allowed. */
  waive(name: StageName, finding: Finding): void {
    this.#stages.set(name, { name, status: 'waived', findings: [finding] });
  }

  /** Runs a stage that gives a value or throws the reason; a reason becomes a finding, with `code` in place of its own. */
  async run<T>(name: StageName, work: () => T | Promise<T>, code?: ErrorCode): Promise<T | undefined> {
    try {
      const value = await work();
      this.record(name, []);
      return value;
    } catch (error) {
      if (!(error instanceof KitError) || error.exit < 10 || error.exit > 17) throw error;
      this.record(name, [{ code: code ?? error.code, message: error.rule, ...(error.hint !== undefined && { hint: error.hint }) }]);
      return undefined;
    }
  }

  /** Whether a stage ran and found something that is not allowed. */
  failed(name: StageName): boolean {
    return this.#stages.get(name)?.status === 'failed';
  }

  /** All stages in order. */
  get stages(): Stage[] {
    return stageNames.map((name) => this.#stages.get(name) ?? { name, status: 'notRun', findings: [] });
  }
}
