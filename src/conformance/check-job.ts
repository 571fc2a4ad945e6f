// Runs one check, or the probe before all checks, in the process that loads the plugin.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobContext } from '../harness/job.ts';
import type { NativeBlock } from '../harness/native-memory.ts';
import { PlatformCannot } from '../harness/platform-cannot.ts';
import type { LoadingCheck, Variant } from './check.ts';
import type { AllCalls, CheckContext } from './check-context.ts';
import { type Finding, type Skip, skip } from './finding.ts';
import { lacks } from './gate.ts';
import type { Origin } from './origin.ts';
import { NotReached, PluginSession } from './plugin-session.ts';
import { type ProbeFacts, probePlugin } from './probe.ts';
import { checkSeed, seededRandom } from './random.ts';
import { companionLibrary, copyOfLibrary } from './second-library.ts';
import { drawImage, type FrameKind } from './test-image.ts';

/** What the runner asks of a job; JSON. */
export interface CheckJobInput extends Origin {
  /** A check's id, or `probe`; with the seed it says what is random. */
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

/** What a job answers. */
export type CheckJobValue = { readonly findings: readonly Finding[] } | { readonly observed: unknown } | Skip | ProbeFacts;

/** Runs the check that the used module declares, or the probe where none is used. */
export function run(job: JobContext, input: unknown, used: readonly unknown[]): CheckJobValue {
  const task = input as CheckJobInput;
  const session = new PluginSession(job, task);
  if (used.length === 0) return probePlugin(session, job.process);
  const { default: check } = used[0] as { default: LoadingCheck };
  try {
    return make(check, contextOf(job, session, task), task.variant);
  } catch (error) {
    if (error instanceof NotReached) return skip('not-reached', error.message);
    if (error instanceof PlatformCannot) return skip('platform-cannot', lacks(error.message));
    throw error;
  }
}

function make(check: LoadingCheck, own: CheckContext<never>, variant = 0): CheckJobValue {
  const context = own as CheckContext<LoadingCheck['needs'][number]>;
  if (check.isolation === 'repeated') return { observed: check.observe(context, check.variants[variant] as Variant) };
  const judged = check.run(context);
  return 'skip' in judged ? judged : { findings: judged };
}

/** The whole session is handed in: which calls a check sees of it is settled by its type. */
function contextOf(job: JobContext, session: PluginSession, task: CheckJobInput): CheckContext<never> {
  const random = seededRandom(checkSeed(task.seed, task.chunk === undefined ? task.id : `${task.id}#${task.chunk}`));
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
