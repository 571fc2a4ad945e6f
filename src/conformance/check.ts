// How a check is declared: one object, typed so that its run function sees only what it said it needs.
import type { Binary } from '../binary/binary.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { AbiSymbol } from '../harness/abi.ts';
import type { CheckContext } from './check-context.ts';
import type { Finding, Severity, Skip } from './finding.ts';

/** What every check says of itself; the documentation is made of it. */
interface CheckFacts {
  /** Its path under checks/; never renamed, never used again. */
  readonly id: string;
  /** The rule: one present-tense sentence about the plugin. */
  readonly title: string;
  /** What happens to a host when the rule is broken. */
  readonly why: string;
  /** What the author changes. */
  readonly fix: string;
  /** Anchor of the rule in docs/. */
  readonly spec: `abi.md#${string}`;
  /** What a plugin may still do wrong unseen. */
  readonly blind: string;
  readonly severity: Severity;
  /** Version of the kit that first had it. */
  readonly since: string;
}

/** What a check reads that loads nothing. */
export interface StaticContext {
  /** The library as it was read, or why it could not be. */
  readonly binary: Binary | { readonly unreadable: string };
  /** The platform it is meant for. */
  readonly platform: PlatformKey;
  /** Libraries that a manifest declares, with what was found there; empty without a manifest. */
  readonly declared: readonly DeclaredLibrary[];
}

/** One entry of a manifest's native libraries. */
export interface DeclaredLibrary {
  readonly platform: PlatformKey;
  /** As the manifest spells it. */
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly binary: StaticContext['binary'] | undefined;
  /** Whether it must be there: in a package, not in a project. */
  readonly isRequired: boolean;
}

/** A check on the file alone. */
export interface StaticCheck extends CheckFacts {
  readonly isolation: 'static';
  run(context: StaticContext): readonly Finding[] | Skip;
}

/** A check that calls the plugin: in a process of its own (`child`), with guarded memory (`memory`), never forked (`fresh`). */
export interface CallCheck<N extends AbiSymbol = AbiSymbol> extends CheckFacts {
  readonly isolation: 'child' | 'memory' | 'fresh';
  /** The functions it calls; without one that is optional and absent the check is skipped. */
  readonly needs: readonly N[];
  /** Optional functions it calls where they are exported. */
  readonly uses?: readonly N[];
  run(context: CheckContext<N>): readonly Finding[] | Skip;
}

/** Any check, as the registry holds it. */
export type Check = StaticCheck | CallCheck;

/** Declares a check that calls the plugin, or one that only reads it. */
export function defineCheck<const N extends AbiSymbol>(check: CallCheck<N>): CallCheck<N>;
export function defineCheck(check: StaticCheck): StaticCheck;
export function defineCheck(check: Check): Check {
  return check;
}
