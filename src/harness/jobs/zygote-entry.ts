// The process that jobs are copied from: everything is loaded but a plugin, unless it is told to use one; it answers its parent and
// dies with it.
import { childProcesses } from '../native/child-processes.ts';
import { adoptOrphans, awaitChildren, closeDescriptor, copyProcess, makePipe, reapChildren, settleCopy } from '../native/fork.ts';
import { bindingUnder, dieWithParent, exitAtOnce } from '../native/prepare-process.ts';
import { ForkedCopy, openEnds } from './forked-copy.ts';
import { providedModules } from './import-module.ts';
import { ImportedModules, type JobOrder, runJobAndLeave } from './run-job.ts';
import { serveJobs } from './serve-jobs.ts';
import { useOnce } from './use-once.ts';
import type { ZygoteReply, ZygoteRequest } from './zygote-messages.ts';

interface Copy {
  readonly copy: ForkedCopy;
  /** Of its job; undefined while it waits for one. */
  id: number | undefined;
}

const imported = new ImportedModules();
const copies = new Map<number, Copy>();
const free: Copy[] = [];

process.on('disconnect', () => endAll());
process.on('SIGINT', () => undefined);
process.on('SIGCHLD', reap);
process.on('message', (request: ZygoteRequest) => {
  if (request.kind === 'prepare') void prepare(request.modules);
  else if (request.kind === 'use') use(request.order);
  else if (request.kind === 'run') start(request.id, request.order);
  else for (const { id, copy } of copies.values()) if (id === request.id) attend(request.kind, copy, id);
});
dieWithParent();
adoptOrphans();
reply({ kind: 'ready' });

function attend(kind: 'kill' | 'idle', { pid, idleMs }: ForkedCopy, id: number): void {
  if (kind === 'kill') killGroup(pid);
  else reply({ kind, id, idleMs });
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
  const made = useOnce(imported.jobOf(order), order, bindingUnder(process.env['LD_PRELOAD']));
  killStrays();
  reply({ kind: 'used', use: made });
}

function start(id: number, order: JobOrder): void {
  const waiting = order.leave === 'clean' ? free.pop() : undefined;
  if (waiting === undefined) {
    copies.set(...copyFor(id, order));
    return;
  }
  waiting.id = id;
  waiting.copy.give(order);
}

function copyFor(id: number, order: JobOrder): [pid: number, Copy] {
  const run = imported.jobOf(order);
  const [stdout, stderr, channel, orders] = [makePipe(), makePipe(), makePipe(), makePipe()];
  const pid = copyProcess();
  if (pid === 0) {
    const ownEnds = [stdout.readEnd, stderr.readEnd, channel.readEnd, orders.writeEnd];
    settleCopy([stdout.writeEnd, stderr.writeEnd, channel.writeEnd], [...openEnds, ...ownEnds]);
    dieWithParent();
    exitAtOnce();
    const binding = bindingUnder(process.env['LD_PRELOAD']);
    if (order.leave === 'clean') serveJobs(imported, order, { orders: orders.readEnd, channel: 3 }, binding);
    closeDescriptor(orders.readEnd);
    runJobAndLeave(run, order, 3, binding);
  }
  for (const end of [stdout.writeEnd, stderr.writeEnd, channel.writeEnd, orders.readEnd]) closeDescriptor(end);
  const pipes = { stdout: stdout.readEnd, stderr: stderr.readEnd, channel: channel.readEnd, orders: orders.writeEnd };
  const own: Copy = { copy: new ForkedCopy(pid, pipes, () => told(own)), id };
  return [pid, own];
}

/** A copy that is free has ended its job with that, and waits for the next. */
function told(own: Copy): void {
  const { id, copy } = own;
  if (id === undefined) return;
  reply({ kind: 'told', id });
  if (!copy.isFree) return;
  own.id = undefined;
  killStrays();
  if (copy.isFresh) free.push(own);
  else copy.dismiss();
  reply({ kind: 'ended', id, end: copy.freeEnd });
}

function reap(): void {
  for (const reaped of reapChildren()) {
    const found = copies.get(reaped.pid);
    if (found === undefined) continue;
    copies.delete(reaped.pid);
    if (free.includes(found)) free.splice(free.indexOf(found), 1);
    killGroup(reaped.pid);
    killStrays();
    const { id } = found;
    void found.copy.end(reaped).then((end) => id === undefined || reply({ kind: 'ended', id, end }));
  }
}

/** What left its group and lost its parent has become a child of this process. */
function killStrays(): void {
  for (const pid of childProcesses()) if (!copies.has(pid)) kill(pid);
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
  for (const pid of copies.keys()) killGroup(pid);
  // who waits for this process waits for all that it has started, and their CPU time becomes its own
  awaitChildren();
  process.exit(0);
}
