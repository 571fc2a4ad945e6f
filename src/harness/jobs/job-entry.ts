// A fresh process for one job: for platforms that cannot copy a process, and for jobs with an environment of their own.
import { bindingUnder, dieWithParent, exitAtOnce, setLibraryFolders } from '../native/prepare-process.ts';
import { descriptorSink, JobWriter } from './job-channel.ts';
import { importJob, type JobOrder, runJobAndLeave } from './run-job.ts';

const channel = 4;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C in a shared console is the parent's to handle
dieWithParent();
exitAtOnce();
setLibraryFolders([]);

process.on('message', (order: JobOrder) => {
  void importJob(order.module).then(
    (run) => runJobAndLeave(run, order, channel, bindingUnder(process.env['LD_PRELOAD'])),
    (error: unknown) => {
      new JobWriter(descriptorSink(channel)).end({ kind: 'broken', error: String(error) });
      process.exit(0);
    },
  );
});
process.send?.('ready');
