// Runs one check, or the probe before all checks, in the process that loads the plugin.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobContext } from '../harness/job.ts';
import type { NativeBlock } from '../harness/native-memory.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';
import type { JoiningCheck, LoadingCheck, ResultCheck, Variant } from './check.ts';
import type { AllCalls, CheckContext } from './check-context.ts';
import { eachResult } from './each-result.ts';
import { type Finding, type Skip, skip } from './finding.ts';
import { lacks } from './gate.ts';
import { JoinedSession } from './joined-session.ts';
import type { Origin } from './origin.ts';
import { NotReached, PluginSession } from './plugin-session.ts';
import { type ProbeFacts, probePlugin } from './probe.ts';
import { checkSeed, type Random, seededRandom } from './random.ts';
import { companionLibrary, copyOfLibrary } from './second-library.ts';
import { drawImage, type FrameKind } from './test-image.ts';

/** What the runner asks of a job; JSON. */
export interface CheckJobInput extends Origin {
  /** A check's id, or `probe`; with the seed it says what is random. Of several checks the first one's. */
  readonly id: string;
  /** Which piece of a long check. */
  readonly chunk?: number;
  /** Which of a repeated check's variants. */
  readonly variant?: number;
  readonly library: string;
  readonly model: string | null;
  readonly config: string;
  readonly seed: number;
  readonly frame: FrameKind;
}

/** What came of one check, or of one variant of it. */
export type CheckValue = { readonly findings: readonly Finding[] } | { readonly observed: unknown } | Skip;

/** What a job answers; `joined` is a value for each of the checks. */
export type CheckJobValue = CheckValue | { readonly joined: readonly CheckValue[] } | ProbeFacts;

/** Those that look at results draw the same images. */
const resultsId = 'results';

/** Runs the check that the used module declares, several of them in one start of the plugin, or the probe where none is used. */
export function run(job: JobContext, input: unknown, used: readonly unknown[]): CheckJobValue {
  const task = input as CheckJobInput;
  const [check, ...others] = used.map((module) => (module as { default: LoadingCheck }).default);
  if (check === undefined) return probePlugin(new PluginSession(job, task), job.process);
  if (others.length === 0) return reached(() => make(check, contextsOf(job, new PluginSession(job, task), task), task.variant));
  return { joined: makeJoined([check, ...others] as JoiningCheck[], contextsOf(job, new JoinedSession(job, task), task)) };
}

/** Those that look at results look at the same ones, and say what any of them sees. */
function makeJoined(checks: readonly JoiningCheck[], contextFor: Contexts): CheckValue[] {
  const looking = checks.filter((check) => check.isolation === 'results');
  const seen = reached(() => lookTogether(looking, contextFor));
  return checks.map((check) => (check.isolation === 'results' ? seen : reached(() => make(check, contextFor))));
}

function reached(made: () => CheckValue): CheckValue {
  try {
    return made();
  } catch (error) {
    if (error instanceof NotReached) return skip('not-reached', error.message);
    if (error instanceof PlatformCannot) return skip('platform-cannot', lacks(error.message));
    throw error;
  }
}

/** The context of a check by its id. */
type Contexts = (id: string) => CheckContext<never>;

function make(check: LoadingCheck, contextFor: Contexts, variant = 0): CheckValue {
  if (check.isolation === 'results') return lookTogether([check], contextFor);
  const context = contextFor(check.id) as CheckContext<LoadingCheck['needs'][number]>;
  if (check.isolation === 'repeated') return { observed: check.observe(context, check.variants[variant] as Variant) };
  const judged = check.run(context);
  return 'skip' in judged ? judged : { findings: judged };
}

function lookTogether(checks: readonly ResultCheck[], contextFor: Contexts): CheckValue {
  if (checks.length === 0) return { findings: [] };
  const looks = checks.map((check) => check.look(contextFor(check.id) as CheckContext<ResultCheck['needs'][number]>));
  return { findings: eachResult(contextFor(resultsId) as CheckContext<ResultCheck['needs'][number]>, looks) };
}

function contextsOf(job: JobContext, session: PluginSession, task: CheckJobInput): Contexts {
  return (id) => contextOf(job, session, task, seededRandom(checkSeed(task.seed, task.chunk === undefined ? id : `${id}#${task.chunk}`)));
}

/** The whole session is handed in: which calls a check sees of it is settled by its type. */
function contextOf(job: JobContext, session: PluginSession, task: CheckJobInput, random: Random): CheckContext<never> {
  const { width, height, format } = task.frame;
  return {
    plugin: session as AllCalls,
    model: task.model,
    config: task.config,
    manifest: task.manifest,
    root: task.root,
    package: task.package,
    random,
    process: job.process,
    captured: (work) => job.captured(work),
    exports: (name) => session.exports(name),
    threads: session.threads,
    weigh: (work, thread) => session.weigh(work, thread),
    image(changes = {}) {
      const kind = { width: changes.width ?? width, height: changes.height ?? height, format: changes.format ?? format };
      const image = drawImage(kind, random);
      return { ...image, ...changes };
    },
    result(fill, count = 1) {
      const struct = job.memory.struct('MVASResult', count);
      struct.fill(fill);
      return struct;
    },
    guardedResult() {
      const struct = job.memory.guardedStruct('MVASResult');
      if (struct === undefined) throw new PlatformCannot('memory with guard pages');
      return struct;
    },
    guardedText: (text) => guardedText(job, text),
    memory: job.memory,
    file(name, bytes) {
      const path = join(job.scratchFolder, name);
      if (bytes === null) mkdirSync(path, { recursive: true });
      else writeFileSync(path, bytes);
      return path;
    },
    load: (options) => session.load(options),
    second: (which) => secondPlugin(job, task, which),
    unload: () => session.unload(),
  };
}

function secondPlugin(job: JobContext, task: CheckJobInput, which: 'companion' | 'copy'): PluginSession {
  if (which === 'copy') return new PluginSession(job, { ...task, library: copyOfLibrary(task.library, job.scratchFolder) });
  return new PluginSession(job, { library: companionLibrary(), model: null, config: '{}' });
}

function guardedText({ memory }: JobContext, text: string): NativeBlock {
  const bytes = Buffer.from(`${text}\0`);
  const block = memory.guarded(bytes.length, 'end');
  if (block === undefined) throw new PlatformCannot('memory with guard pages');
  block.write(bytes);
  return block;
}
