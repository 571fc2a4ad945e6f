// What a check says about a plugin.

/** How bad a finding is: errors break hosts, warnings break promises, info is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is not as the contract says. */
export interface Finding {
  /** What was seen, with values: a sentence without full stop. */
  readonly message: string;
  /** Default: the severity of the check. */
  readonly severity?: Severity;
  /** The values for programs. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Why a rule was not looked at. Every reason but `not-reached` leaves the verdict good: with that one the plugin failed before. */
export type SkipReason =
  | 'optional-function-absent'
  | 'platform-cannot'
  | 'no-manifest'
  | 'no-package'
  | 'no-references'
  | 'no-previous-release'
  | 'no-debug-info'
  | 'not-reached';

/** A check that was not made. */
export interface Skip {
  readonly skip: SkipReason;
  readonly text: string;
}

/** Says that a rule could not be looked at. */
export function skip(reason: SkipReason, text: string): Skip {
  return { skip: reason, text };
}
