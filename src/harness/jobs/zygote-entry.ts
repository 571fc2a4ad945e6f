// The process that jobs are copied from: everything is loaded but a plugin, unless it is told to use one; it answers its parent and
// dies with it.
import { readFileSync } from 'node:fs';
import { adoptOrphans, closeDescriptor, copyProcess, makePipe, reapChildren, settleCopy } from '../native/fork.ts';
import { bindingUnder, dieWithParent, exitAtOnce } from '../native/prepare-process.ts';
import { ForkedJob, openReadingEnds } from './forked-job.ts';
import { providedModules } from './import-module.ts';
import { ImportedModules, type JobOrder, runJobAndLeave } from './run-job.ts';
import { useOnce } from './use-once.ts';
import type { ZygoteReply, ZygoteRequest } from './zygote-messages.ts';

const imported = new ImportedModules();
const jobs = new Map<number, { id: number; job: ForkedJob }>();

process.on('disconnect', () => endAll());
process.on('SIGINT', () => undefined);
process.on('SIGCHLD', reap);
process.on('message', (request: ZygoteRequest) => {
  if (request.kind === 'prepare') void prepare(request.modules);
  else if (request.kind === 'use') use(request.order);
  else if (request.kind === 'run') start(request.id, request.order);
  else for (const [pid, { id, job }] of jobs) if (id === request.id) attend(request.kind, pid, job, id);
});
dieWithParent();
adoptOrphans();
reply({ kind: 'ready' });

function attend(kind: 'kill' | 'idle', pid: number, job: ForkedJob, id: number): void {
  if (kind === 'kill') killGroup(pid);
  else reply({ kind, id, idleMs: job.idleMs });
}

function reply(message: ZygoteReply): void {
  process.send?.(message);
}

async function prepare(modules: readonly string[] | 'provided'): Promise<void> {
  let error: string | undefined;
  try {
    await imported.add(modules === 'provided' ? providedModules() : modules);
  } catch (thrown) {
    error = String(thrown);
  }
  reply({ kind: 'prepared', error });
}

function use(order: JobOrder): void {
  exitAtOnce();
  reply({ kind: 'used', obstacle: useOnce(imported.jobOf(order), order, bindingUnder(process.env['LD_PRELOAD'])) });
}

function start(id: number, order: JobOrder): void {
  const run = imported.jobOf(order);
  const [stdout, stderr, channel] = [makePipe(), makePipe(), makePipe()];
  const pid = copyProcess();
  if (pid === 0) {
    const ownEnds = [stdout.readEnd, stderr.readEnd, channel.readEnd];
    settleCopy([stdout.writeEnd, stderr.writeEnd, channel.writeEnd], [...openReadingEnds, ...ownEnds]);
    dieWithParent();
    exitAtOnce();
    runJobAndLeave(run, order, 3, bindingUnder(process.env['LD_PRELOAD']));
  }
  for (const { writeEnd } of [stdout, stderr, channel]) closeDescriptor(writeEnd);
  const pipes = { stdout: stdout.readEnd, stderr: stderr.readEnd, channel: channel.readEnd };
  jobs.set(pid, { id, job: new ForkedJob(pid, pipes, () => reply({ kind: 'told', id })) });
}

function reap(): void {
  for (const reaped of reapChildren()) {
    const found = jobs.get(reaped.pid);
    if (found === undefined) continue;
    jobs.delete(reaped.pid);
    killGroup(reaped.pid);
    killStrays();
    void found.job.end(reaped).then((end) => reply({ kind: 'ended', id: found.id, end }));
  }
}

/** What left its group and lost its parent has become a child of this process. */
function killStrays(): void {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  for (const pid of children) if (!jobs.has(pid)) kill(pid);
}

function killGroup(pid: number): void {
  kill(-pid);
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // it is gone
  }
}

function endAll(): void {
  for (const pid of jobs.keys()) killGroup(pid);
  process.exit(0);
}
