// A fresh process for one job, or for one after the other: for platforms that cannot copy a process, and for jobs with an environment of their own.

import { bindingUnder, dieWithParent, exitAtOnce, setLibraryFolders } from '../native/prepare-process.ts';
import { completedExit, descriptorSink, JobWriter } from './job-channel.ts';
import { type BoundJob, importJob, type JobOrder, runJob, runJobAndLeave, runJobAndStay } from './run-job.ts';

const channel = 4;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C in a shared console is the parent's to handle
dieWithParent();
setLibraryFolders([]);

process.on('message', (order: JobOrder) => {
  void importJob(order).then(
    (run) => leaveAsOrdered(run, order),
    (error: unknown) => {
      new JobWriter(descriptorSink(channel)).end({ kind: 'broken', error: String(error) });
      process.exit(0);
    },
  );
});
process.send?.('ready');

function leaveAsOrdered(run: BoundJob, order: JobOrder): void {
  const binding = bindingUnder(process.env['LD_PRELOAD']);
  if (order.leave === 'by exit') {
    runJob(run, order, new JobWriter(descriptorSink(channel)), binding);
    process.exit(completedExit);
  }
  if (order.leave === 'stay') {
    runJobAndStay(run, order, channel, binding);
    return;
  }
  exitAtOnce();
  runJobAndLeave(run, order, channel, binding);
}
