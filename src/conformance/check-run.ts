// Makes the checks: first what can be read, then loading and a probe, then everything else side by side.
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform } from '../core/platform.ts';
import { requiredSymbols } from '../harness/abi.ts';
import type { JobRunner } from '../harness/job.ts';
import { slowdownOf } from '../harness/launcher.ts';
import type { Check, JoiningCheck, LoadingCheck, ReferenceCheck, StaticCheck, StaticContext } from './check.ts';
import { CheckJobs } from './check-jobs.ts';
import { type Skip, skip } from './finding.ts';
import { callableExports, callObstacle, loadObstacle } from './gate.ts';
import { judge, type Outcome, type Rules } from './judge.ts';
import { joinChecks, planChecks, type Unit } from './plan-checks.ts';
import { type ProbeFacts, standInFrame } from './probe.ts';
import { severityUnder } from './profiles.ts';
import { repeatLine } from './repeat-line.ts';
import type { CheckReport } from './report-schema.ts';
import type { LongSettings } from './run-chunks.ts';
import { type RunnerSettings, startConformanceRunner } from './start-conformance-runner.ts';
import { staticContext } from './static-context.ts';
import type { Subject } from './subject.ts';
import { withoutPlaces } from './without-places.ts';

/** How the checks of a run are made. */
export interface RunSettings extends RunnerSettings {
  /** Multiplies every deadline; default 1. */
  readonly timeoutFactor?: number | undefined;
  /** How long a check without an end is made, or which piece of it; such a check is made where `only` names it. */
  readonly long?: LongSettings | undefined;
  /** @internal Processes that were readied by `startConformanceRunner`, to be used again; their owner closes them. */
  readonly runner?: JobRunner;
  /** Told after each check. */
  readonly onCheck?: (check: CheckReport) => void;
}

/** Those of one run, with its seed and by what it is judged. */
export interface RunOptions extends RunSettings {
  readonly seed: number;
  readonly rules: Rules;
}

const loadId = 'lifecycle/load';
const shortestDeadlineMs = 10_000;
const inferencesPerDeadline = 50;

/** Those that need more than the file. */
type RunningCheck = LoadingCheck | ReferenceCheck;

/** One run of the suite on one plugin. */
export class CheckRun {
  readonly #subject: Subject;
  readonly #options: RunOptions;
  readonly #files: StaticContext;
  readonly #runner: JobRunner;
  readonly #jobs: CheckJobs;

  constructor(subject: Subject, options: RunOptions, runner: JobRunner) {
    this.#subject = subject;
    this.#options = options;
    this.#files = staticContext(subject);
    this.#runner = runner;
    const { seed, long, launcher, jobs = availableParallelism() } = options;
    this.#jobs = new CheckJobs(runner, subject, { seed, long, lanes: jobs, isEmulated: launcher !== undefined });
  }

  /** Readies the processes, unless the caller has some. */
  static async start(subject: Subject, options: RunOptions): Promise<CheckRun> {
    return new CheckRun(subject, options, options.runner ?? (await startConformanceRunner(options)));
  }

  async close(): Promise<void> {
    await (this.#options.runner === undefined ? this.#runner : this.#jobs).close();
  }

  /** Makes the checks; the reports are in the same order. */
  async all(checks: readonly Check[]): Promise<CheckReport[]> {
    // this process reads the file while others load the plugin for the first time
    const loading = this.#load(checks.filter((check): check is RunningCheck => check.isolation !== 'static'));
    const reading = checks.filter((check) => check.isolation === 'static').map(async (check) => [check, await this.#read(check)] as const);
    const made = new Map<Check, CheckReport>([...(await loading), ...(await Promise.all(reading))]);
    return checks.flatMap((check) => made.get(check) ?? []);
  }

  async #load(checks: readonly RunningCheck[]): Promise<Map<Check, CheckReport>> {
    const load = checks.find((check): check is LoadingCheck => check.id === loadId);
    const obstacle = loadObstacle(this.#files, this.#options.launcher?.platform ?? hostPlatform());
    const [loaded, facts] =
      obstacle === undefined
        ? await Promise.all([load && this.#call(load, undefined), checks.some(isProbed) ? this.#probe() : undefined, this.#ready(checks)])
        : [];
    const shut =
      obstacle ??
      (loaded !== undefined && loaded.status !== 'pass' ? skip('not-reached', `the library does not load (${loadId})`) : undefined);
    if (shut === undefined && facts?.bringsLibraries === true) this.#jobs.readyLibraries(facts.frame, this.#deadline(facts.inferMs));
    const make = async (check: RunningCheck): Promise<CheckReport> => {
      if (check === load && loaded !== undefined) return loaded;
      if (shut !== undefined) return this.#report(check, shut, 0);
      return check.isolation === 'references' ? this.#refer(check) : this.#call(check, facts);
    };
    const made = new Map<Check, CheckReport>();
    const makeUnit = async (unit: Unit<RunningCheck>) => {
      const reports = 'id' in unit ? [[unit, await make(unit)] as const] : await this.#callJoined(unit, facts);
      for (const [check, report] of reports) made.set(check, report);
    };
    const { first, others } = planChecks(checks.filter((check) => !isAlone(check)));
    const makeOthers = async () => {
      const isReady = shut === undefined && (await this.#jobs.areLibrariesReady());
      await Promise.all(joinChecks(others, (check) => isReady && this.#obstacle(check) === undefined).map(makeUnit));
    };
    await Promise.all([...first.map(makeUnit), makeOthers()]);
    for (const check of checks.filter(isAlone)) await makeUnit(check);
    return made;
  }

  /** What cannot be loaded is told by the check itself. */
  async #ready(checks: readonly Check[]): Promise<void> {
    if (this.#subject.references === undefined) return;
    await Promise.all(checks.map((check) => (check.isolation === 'references' ? check.ready?.().catch(() => undefined) : undefined)));
  }

  async #probe(): Promise<ProbeFacts | undefined> {
    const callable = callableExports(this.#files.binary);
    if (requiredSymbols.some((name) => !callable.has(name))) return undefined;
    const [frame, deadlineMs] = [standInFrame, this.#deadline(0)];
    const readied = this.#declaresLibraries ? await this.#jobs.probeReadying(frame, deadlineMs) : undefined;
    const facts = readied ?? (await this.#jobs.probe(frame, deadlineMs));
    if (facts === undefined || facts.initCode === 0 || this.#subject.model !== null) return facts;
    throw new KitError(
      'NOTHING_TESTED',
      `the plugin does not start without a model: mvas_init returns ${facts.initCode}, ${facts.initError}`,
      {
        hint: 'name the model file with --model',
      },
    );
  }

  /** Whether the manifest names libraries that come with the plugin. */
  get #declaresLibraries(): boolean {
    const { manifest, platform } = this.#files;
    return (manifest?.plugin.dependencies[platform] ?? []).length > 0;
  }

  async #read(check: StaticCheck): Promise<CheckReport> {
    const start = performance.now();
    try {
      const outcome = await check.run(this.#files);
      return this.#report(check, outcome, performance.now() - start);
    } catch (error) {
      return this.#report(check, brokenBy(error), 0);
    }
  }

  async #refer(check: ReferenceCheck): Promise<CheckReport> {
    const { references } = this.#subject;
    if (this.#options.launcher !== undefined)
      return this.#report(check, skip('platform-cannot', 'references and limits are checked on the platform itself'), 0);
    if (references === undefined) return this.#report(check, skip('no-references', 'there is no project around the library'), 0);
    const { signal, env } = this.#options;
    const start = performance.now();
    try {
      const outcome = await check.run({ references, signal, env });
      return this.#report(check, outcome, performance.now() - start);
    } catch (error) {
      if (!(error instanceof KitError)) return this.#report(check, brokenBy(error), 0);
      if (error.code === 'INTERRUPTED') throw error;
      return this.#report(check, [{ message: error.message }], performance.now() - start);
    }
  }

  async #call(check: LoadingCheck, facts: ProbeFacts | undefined): Promise<CheckReport> {
    const obstacle = this.#obstacle(check);
    if (obstacle !== undefined) return this.#report(check, obstacle, 0);
    const { outcome, durationMs, chunk } = await this.#jobs.check(check, facts?.frame ?? standInFrame, this.#deadline(facts?.inferMs ?? 0));
    return this.#report(check, outcome, durationMs, chunk);
  }

  async #callJoined(checks: readonly JoiningCheck[], facts: ProbeFacts | undefined): Promise<[Check, CheckReport][]> {
    const ends = await this.#jobs.joined(checks, facts?.frame ?? standInFrame, this.#deadline(facts?.inferMs ?? 0));
    return [...ends].map(([check, { outcome, durationMs }]) => [check, this.#report(check, outcome, durationMs)]);
  }

  #obstacle(check: LoadingCheck): Skip | undefined {
    return callObstacle(this.#files, check);
  }

  #deadline(inferMs: number): number {
    return Math.ceil(Math.max(shortestDeadlineMs, inferencesPerDeadline * inferMs) * this.#slowness());
  }

  /** How much longer everything may take than on a machine of its own. */
  #slowness(): number {
    const { timeoutFactor = 1, launcher } = this.#options;
    return timeoutFactor * slowdownOf(launcher);
  }

  #report(check: Check, outcome: Outcome, durationMs: number, chunk?: number): CheckReport {
    const { rules, seed, onCheck } = this.#options;
    const judged = withoutPlaces(judge(check, outcome, rules), this.#subject.root, (path) => this.#runner.place(path));
    const isQuiet = judged.status === 'pass' || judged.status === 'skip';
    const report: CheckReport = {
      id: check.id,
      title: check.title,
      severity: severityUnder(rules.profile, check.id, check.severity),
      ...judged,
      durationMs: Math.round(durationMs * 10) / 10,
      ...(isQuiet ? {} : { repeat: repeatLine(this.#subject.arguments, { profile: rules.profile, id: check.id, seed, chunk }) }),
    };
    onCheck?.(report);
    return report;
  }
}

/** Our own fault, whatever was thrown. */
function brokenBy(error: unknown): Outcome {
  return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Whether nothing may run beside a check. */
function isAlone(check: Check): boolean {
  return check.isolation === 'references' && check.alone === true;
}

/** Whether a check uses what the probe finds out. */
function isProbed(check: Check): boolean {
  return check.isolation !== 'static' && check.isolation !== 'references' && check.id !== loadId;
}
