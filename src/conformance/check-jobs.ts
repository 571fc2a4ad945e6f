// Makes single checks in processes of their own and reads from their ends what happened.
import { performance } from 'node:perf_hooks';
import { compiledModule } from '../core/kit-version.ts';
import { itWrote } from '../harness/excerpt.ts';
import type { Job, JobOutcome, JobRunner, ReadyLibraries } from '../harness/job.ts';
import { describeCall, describeEnding } from '../harness/plugin-errors.ts';
import type { CallCheck, Check, JoiningCheck, LoadingCheck, RepeatedCheck, Variant } from './check.ts';
import type { CheckJobInput } from './check-job.ts';
import { type Finding, type Skip, skip } from './finding.ts';
import type { Death, Outcome } from './judge.ts';
import type { ProbeFacts } from './probe.ts';
import { type LongOutcome, type LongSettings, runChunks } from './run-chunks.ts';
import { SharedAttempts } from './shared-attempts.ts';
import type { Subject } from './subject.ts';
import type { FrameKind } from './test-image.ts';

const checkJobModule = compiledModule('conformance/check-job.js').href;
const probeId = 'probe';
/** How often a check is made when what ended its process was not the plugin's fault: mostly it comes by chance. */
const attempts = 3;

/** The modules that processes need for these checks. */
export function modulesOf(checks: readonly Check[]): string[] {
  return [checkJobModule, ...checks.filter(isLoading).map(({ id }) => moduleOf(id))];
}

/** A check's id is its path below checks/. */
function moduleOf(id: string): string {
  return compiledModule(`conformance/checks/${id}.js`).href;
}

function isLoading({ isolation }: Check): boolean {
  return isolation !== 'static' && isolation !== 'references';
}

/** What all of them share. */
interface JobSettings {
  readonly seed: number;
  readonly long?: LongSettings | undefined;
  /** Pieces of a long check at the same time. */
  readonly lanes: number;
  /** Whether an emulator runs the processes. */
  readonly isEmulated: boolean;
}

/** What a check came to; `chunk` is the piece of a long one that failed. */
interface CheckEnd extends LongOutcome {
  readonly durationMs: number;
}

type Task = Pick<CheckJobInput, 'id' | 'variant' | 'chunk' | 'frame'>;

/** Runs checks of one plugin. */
export class CheckJobs {
  readonly #runner: JobRunner;
  readonly #subject: Subject;
  readonly #seed: number;
  readonly #long: LongSettings;
  readonly #lanes: number;
  readonly #isEmulated: boolean;
  readonly #attempts = new SharedAttempts((outcome) => tells(outcome, 'info'));
  #libraries: ReadyLibraries | undefined;

  constructor(runner: JobRunner, subject: Subject, { seed, long = {}, lanes, isEmulated }: JobSettings) {
    this.#runner = runner;
    this.#subject = subject;
    this.#seed = seed;
    this.#long = long;
    this.#lanes = lanes;
    this.#isEmulated = isEmulated;
  }

  /** Runs the probe; undefined when the plugin did not survive it. */
  async probe(frame: FrameKind, deadlineMs: number): Promise<ProbeFacts | undefined> {
    const outcome = await this.#run({ id: probeId, frame }, { deadlineMs });
    return outcome.kind === 'completed' ? (outcome.value as ProbeFacts) : undefined;
  }

  /** Runs the probe where that readies libraries as well, if it shows that any come with the plugin; undefined when it did not get through. */
  async probeReadying(frame: FrameKind, deadlineMs: number): Promise<ProbeFacts | undefined> {
    this.readyLibraries(frame, deadlineMs);
    const libraries = this.#libraries;
    const facts = (await libraries?.value) as ProbeFacts | undefined;
    if (facts?.bringsLibraries !== true) {
      this.#libraries = undefined;
      await libraries?.close();
    }
    return facts;
  }

  /**
   * Has the checks that follow, but for those that want none of that, made where the libraries that came with the plugin were used; once is
   * enough.
   */
  readyLibraries(frame: FrameKind, deadlineMs: number): void {
    this.#libraries ??= this.#runner.readyLibraries?.({ ...this.#job({ id: probeId, frame }), deadlineMs });
  }

  /** Waits for what is being readied; tells whether checks share processes in which it is. */
  async areLibrariesReady(): Promise<boolean> {
    return this.#libraries !== undefined && (await this.#libraries.obstacle) === undefined;
  }

  /** Ends what it has readied; the runner is its owner's. */
  async close(): Promise<void> {
    await this.#libraries?.close();
  }

  /** Runs a check, and says how long its processes took. */
  async check(check: LoadingCheck, frame: FrameKind, deadlineMs: number): Promise<CheckEnd> {
    const make = () => this.#check(check, frame, deadlineMs);
    return isSharing(check) ? await make() : await this.#attempts.beside(make, ({ outcome }) => isTrouble(check, outcome));
  }

  async #check(check: LoadingCheck, frame: FrameKind, deadlineMs: number): Promise<CheckEnd> {
    if (check.isolation === 'repeated') return this.#repeat(check, frame, deadlineMs);
    if (check.isolation === 'long') return this.#prolong(check.id, frame, deadlineMs);
    const isOwn = check.isolation === 'fresh' || (check.untouched === true && this.#runner.kind === 'shared');
    const process = { ...(check.env === undefined ? { fresh: isOwn } : { env: check.env }), ...this.#librariesFor(check) };
    for (let attempt = 1, durationMs = 0; ; attempt++) {
      const ended = await this.#run({ id: check.id, frame }, { deadlineMs, ...process });
      durationMs += ended.durationMs;
      const excuse = excuseOf(check, ended);
      if (excuse === undefined || attempt === attempts) return { outcome: excuse ?? readFindings(ended), durationMs };
    }
  }

  /** Makes checks in one start of the plugin where that shows that all is well, else each by itself. */
  async joined(checks: readonly JoiningCheck[], frame: FrameKind, deadlineMs: number): Promise<Map<Check, CheckEnd>> {
    const ended = await this.#attempts.attempt(() => this.#join(checks, frame, deadlineMs));
    if (ended?.kind !== 'completed' || tells(ended))
      return new Map(await Promise.all(checks.map(async (check) => [check, await this.check(check, frame, deadlineMs)] as const)));
    const { joined } = ended.value as { readonly joined: readonly (Found | Skip)[] };
    const durationMs = ended.durationMs / checks.length;
    return new Map(joined.map((value, at) => [checks[at] as Check, { outcome: findingsOf(value), durationMs }]));
  }

  async #join(checks: readonly JoiningCheck[], frame: FrameKind, deadlineMs: number): Promise<JobOutcome | undefined> {
    const [first] = checks;
    if (first === undefined || this.#attempts.isOver) return undefined;
    const job = { ...this.#job({ id: first.id, frame }), uses: checks.map(({ id }) => moduleOf(id)), deadlineMs };
    const ended = await this.#runner.run({ ...job, ...this.#librariesFor(first) });
    return ended.isShared ? ended : undefined;
  }

  async #repeat(check: RepeatedCheck, frame: FrameKind, deadlineMs: number): Promise<{ outcome: Outcome; durationMs: number }> {
    const start = performance.now();
    const { leave } = check;
    const observe = async ({ name, env, processes = check.processes }: Variant, variant: number) => {
      const fresh = env === undefined ? { fresh: processes !== 'copied' || this.#runner.kind === 'shared' } : { env };
      const process = { ...fresh, ...(leave === undefined ? {} : { leave }), ...this.#librariesFor(check) };
      return readVariant(name, await this.#run({ id: check.id, variant, frame }, { deadlineMs, ...process }));
    };
    const values = await Promise.all(check.variants.map(observe));
    const first = judgeVariants(check, values);
    const isFinding = Array.isArray(first) && first.length > 0;
    const outcome = check.again && isFinding ? judgeVariants(check, values, await observe(check.variants[0] as Variant, 0)) : first;
    return { outcome, durationMs: performance.now() - start };
  }

  async #prolong(id: string, frame: FrameKind, deadlineMs: number): Promise<CheckEnd> {
    const start = performance.now();
    const make = async (chunk: number) => readFindings(await this.#run({ id, chunk, frame }, { deadlineMs }));
    return { ...(await runChunks(make, this.#long, this.#lanes)), durationMs: performance.now() - start };
  }

  #run(task: Task, process: Omit<Job, 'module' | 'input'>): Promise<JobOutcome> {
    return this.#made({ ...this.#job(task), ...process });
  }

  #librariesFor(check: LoadingCheck): Pick<Job, 'libraries' | 'shares'> {
    if (check.untouched || this.#libraries === undefined) return {};
    return { libraries: this.#libraries, ...(isSharing(check) ? { shares: () => !this.#attempts.isOver } : {}) };
  }

  #job(task: Task): Pick<Job, 'module' | 'input' | 'uses'> {
    const { library, model, config, manifest, root, package: archive } = this.#subject;
    const at = (path: string) => this.#runner.place(path);
    const input: CheckJobInput = {
      ...task,
      library: at(library),
      model: model === null ? null : at(model),
      config: config.json,
      seed: this.#seed,
      manifest,
      root: at(root),
      package: archive === undefined ? undefined : at(archive),
    };
    return { module: checkJobModule, uses: task.id === probeId ? [] : [moduleOf(task.id)], input };
  }

  async #made(job: Job): Promise<JobOutcome> {
    const { shares, ...alone } = job;
    const shared = shares && (await this.#attempts.attempt(() => this.#madeBeside(job, alone)));
    if (shared !== undefined) return shared;
    const outcome = await this.#runner.run(alone);
    // where no process is copied and starting one takes long, it may have shared one all the same
    if (outcome.isShared && tells(outcome)) return await this.#runner.run({ ...alone, fresh: true });
    // an emulator now and then lacks for a moment what a check begins with, such as memory at an address
    return this.#isEmulated && skipOf(outcome) !== undefined ? await this.#runner.run(alone) : outcome;
  }

  /** What is only worth knowing is no trouble, but it must be the plugin's alone. */
  async #madeBeside(job: Job, alone: Job): Promise<JobOutcome> {
    const outcome = await this.#runner.run(job);
    return outcome.isShared && tells(outcome) && !tells(outcome, 'info') ? await this.#runner.run(alone) : outcome;
  }
}

/** Whether a check may be made in a process that others share. */
function isSharing(check: LoadingCheck): boolean {
  if (check.isolation === 'repeated' || check.isolation === 'fresh' || check.isolation === 'long') return false;
  return check.env === undefined && check.measures === undefined && !check.untouched;
}

/** Whether a plugin is at fault, or we are. */
function isTrouble({ severity }: LoadingCheck, outcome: Outcome): boolean {
  if (!Array.isArray(outcome)) return !('skip' in outcome) || outcome.skip === 'not-reached';
  return (outcome as readonly Finding[]).some((finding) => (finding.severity ?? severity) !== 'info');
}

/** Whether something came of it that another check may have caused; `above` leaves out what is only worth knowing. */
function tells(outcome: JobOutcome, above?: 'info'): boolean {
  if (outcome.kind !== 'completed') return true;
  const { joined = [outcome.value] } = outcome.value as { readonly joined?: readonly unknown[] };
  return joined.some((value) => {
    const { findings = [], skip: reason } = value as Partial<Skip & Found>;
    return reason === 'not-reached' || findings.some(({ severity }) => above === undefined || severity !== above);
  });
}

function skipOf(outcome: JobOutcome): Skip['skip'] | undefined {
  return outcome.kind === 'completed' ? (outcome.value as Partial<Skip>).skip : undefined;
}

type Unmade = Death | Skip | { readonly broken: string };

interface Found {
  readonly findings: readonly Finding[];
}

/** What the job answered, or why it did not. */
function read<Made>(outcome: JobOutcome): Unmade | Made {
  if (outcome.kind === 'broken') return { broken: outcome.error };
  if (outcome.kind === 'completed') return outcome.value as Skip | Made;
  const last = outcome.calls.at(-1);
  const call = last === undefined ? undefined : describeCall(last);
  return {
    death: { crashed: 'crash', hung: 'hang', exited: 'exited' }[outcome.kind] as 'crash' | 'hang' | 'exited',
    message: `the plugin ${describeEnding(outcome)}${call === undefined ? ' before the first call' : ` ${call}`}${itWrote(outcome.output.stderr, ' | ')}`,
    ...(call === undefined ? {} : { call }),
  };
}

/** Whether the system ended the process where no plugin could have prevented it. */
function excuseOf({ excused = {} }: Pick<CallCheck, 'excused'>, ended: JobOutcome): Skip | undefined {
  if (ended.kind === 'completed' || ended.kind === 'broken') return undefined;
  const [, why] = Object.entries(excused).find(([text]) => ended.output.stderr.includes(text)) ?? [];
  return why === undefined ? undefined : skip('platform-cannot', why);
}

function readFindings(outcome: JobOutcome): Outcome {
  return findingsOf(read<Found>(outcome));
}

function findingsOf(value: Unmade | Found): Outcome {
  return 'findings' in value ? value.findings : value;
}

type Observation = Unmade | { readonly observed: unknown };

/** A death names the variant in which it came. */
function readVariant(name: Variant['name'], outcome: JobOutcome): Observation {
  const value = read<{ observed: unknown }>(outcome);
  return 'death' in value ? { ...value, message: `${name}: ${value.message}` } : value;
}

/** What went wrong before anything could be compared comes first: our own faults, then deaths, then skips. */
function judgeVariants(check: RepeatedCheck, values: readonly Observation[], again?: Observation): Outcome {
  const all = again === undefined ? values : [...values, again];
  for (const kind of ['broken', 'death', 'skip'] as const) {
    const found = all.find((value): value is Unmade => kind in value);
    if (found !== undefined) return found;
  }
  const observed = all.flatMap((value) => ('observed' in value ? [value.observed] : []));
  try {
    return check.judge(observed.slice(0, values.length), observed[values.length]);
  } catch (error) {
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
