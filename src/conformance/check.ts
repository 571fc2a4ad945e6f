// How a check is declared: one object, typed so that its run function sees only what it said it needs.
import type { Binary } from '../binary/binary.ts';
import type { PlatformKey } from '../core/platform.ts';
import type { PluginSubject } from '../golden/plugin-subject.ts';
import type { AbiSymbol } from '../harness/abi.ts';
import type { Job } from '../harness/job.ts';
import type { CheckContext, NativeResult } from './check-context.ts';
import type { Finding, Severity, Skip } from './finding.ts';
import type { Picture } from './images/varied.ts';
import type { Origin } from './origin.ts';
import type { Release } from './release.ts';

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

/** What every check that loads the plugin may ask of its processes. */
interface ProcessWishes {
  /** It looks for what happens only once in a process, or stays: neither the plugin nor a library that came with it was ever in there. */
  readonly untouched?: true;
  /** Skipped on other systems. */
  readonly depends?: OwnMeans;
}

/** What a check that is made in one process may ask of it. */
interface OneProcessWishes extends ProcessWishes {
  /** Variables on top of the environment; they force a fresh process. */
  readonly env?: Readonly<Record<string, string>>;
  /** `process` where it measures what its whole process uses: no other work may go on in there. */
  readonly measures?: 'process';
  /** What the system writes when it ends the process in a place where no plugin can prevent it, and what that is: such an end is a skip. */
  readonly excused?: Readonly<Record<string, string>>;
}

/** What a check reads that loads nothing. */
export interface StaticContext extends Origin {
  /** Path of the library. */
  readonly library: string;
  /** The library as it was read, or why it could not be. */
  readonly binary: Binary | { readonly unreadable: string };
  /** The platform it is meant for. */
  readonly platform: PlatformKey;
  /** Libraries that a manifest declares, with what was found there; empty without a manifest. */
  readonly declared: readonly DeclaredLibrary[];
  /** An earlier release to compare with. */
  readonly previous: Release | undefined;
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
  run(context: StaticContext): readonly Finding[] | Skip | Promise<readonly Finding[] | Skip>;
}

/**
 * A check that calls the plugin: in a process of its own (`child`), with guarded memory (`memory`), beside a second library
 * (`pair`), never forked (`fresh`), or on demand alone in pieces with seeds of their own (`long`).
 */
export interface CallCheck<N extends AbiSymbol = AbiSymbol> extends CheckFacts, OneProcessWishes {
  readonly isolation: 'child' | 'memory' | 'pair' | 'fresh' | 'long';
  /** The functions it calls; without one that is optional and absent the check is skipped. */
  readonly needs: readonly N[];
  /** Optional functions it calls where they are exported. */
  readonly uses?: readonly N[];
  /** It starts the plugin, and inspects: others that do no more may come before and behind it in the same start. */
  readonly joins?: true;
  run(context: CheckContext<N>): readonly Finding[] | Skip;
}

/** What a check says to one result while it is alive; undefined where nothing is wrong. */
export type Look = (result: NativeResult, picture: Picture) => string | undefined;

/** A check that looks at the results of varied images; several of them can look at the same ones. */
export interface ResultCheck<N extends AbiSymbol = AbiSymbol> extends CheckFacts, OneProcessWishes {
  readonly isolation: 'results';
  readonly needs: readonly N[];
  readonly uses?: readonly N[];
  /** Called before the plugin is started. */
  look(context: CheckContext<N>): Look;
}

/** A means that only one system has, known before any process is started for it. */
export interface OwnMeans {
  readonly os: 'linux';
  /** Its name, as in "not checked on this platform, which has no …". */
  readonly means: string;
}

/** One way in which a repeated check makes its process. */
export interface Variant {
  /** Words for a message, as in "with freed memory filled with 85". */
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  /** For this variant alone. */
  readonly processes?: RepeatedCheck['processes'];
}

/** A check that compares what a plugin does in several processes. */
export interface RepeatedCheck<N extends AbiSymbol = AbiSymbol, T = unknown> extends CheckFacts, ProcessWishes {
  readonly isolation: 'repeated';
  readonly needs: readonly N[];
  readonly uses?: readonly N[];
  /** How the processes end: at once, or as a program does, with the static destructors of the plugin; default at once. */
  readonly leave?: Job['leave'];
  /** `copied` where differing addresses do not matter: a copy starts in a tenth of the time; default `fresh`. */
  readonly processes?: 'fresh' | 'copied';
  /** One process each, with the same seed in all of them. */
  readonly variants: readonly Variant[];
  /** In the process of a variant; what it returns must survive JSON. */
  observe(context: CheckContext<N>, variant: Variant): T;
  /** Whether the first variant is observed once more where something is found, and judged with: what differs there too depends on the process alone. */
  readonly again?: true;
  /** In the parent, when every variant has been observed: one value a variant, in their order. */
  judge(observations: readonly T[], again?: T): readonly Finding[] | Skip;
}

/** A check that loads the plugin. */
export type LoadingCheck = CallCheck | ResultCheck | RepeatedCheck;

/** A check that may be made behind others in one start of the plugin. */
export type JoiningCheck = ResultCheck | (CallCheck & { readonly joins: true });

/** What a check on a project's own references and limits is given. */
export interface ReferenceContext {
  /** The plugin with the pictures, references and limits of its project. */
  readonly references: PluginSubject;
  readonly signal: AbortSignal | undefined;
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
}

/** A check on a project's own references and limits: it asks golden and bench, which load the plugin in processes of their own. */
export interface ReferenceCheck extends CheckFacts {
  readonly isolation: 'references';
  /** Whether nothing may run beside it. */
  readonly alone?: boolean;
  /** Loads what it works with, while nothing else can be done. */
  ready?(): Promise<unknown>;
  run(context: ReferenceContext): Promise<readonly Finding[] | Skip>;
}

/** Any check, as the registry holds it. */
export type Check = StaticCheck | LoadingCheck | ReferenceCheck;

/** Declares a check that calls the plugin, one that looks at results, one that compares several processes, one that only reads the file, or one on a project's references. */
export function defineCheck<const N extends AbiSymbol>(check: CallCheck<N>): CallCheck<N>;
export function defineCheck<const N extends AbiSymbol>(check: ResultCheck<N>): ResultCheck<N>;
export function defineCheck<const N extends AbiSymbol, T>(check: RepeatedCheck<N, T>): RepeatedCheck<N, T>;
export function defineCheck(check: StaticCheck): StaticCheck;
export function defineCheck(check: ReferenceCheck): ReferenceCheck;
export function defineCheck(check: Check): Check {
  return check;
}
