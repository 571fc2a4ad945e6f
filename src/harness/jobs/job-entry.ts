// A fresh process for one job: for platforms that cannot copy a process, and for jobs with an environment of their own.
import { dieWithParent, exitAtOnce, setLibraryFolders } from '../native/prepare-process.ts';
import { JobWriter } from './job-channel.ts';
import { importJob, type JobOrder, runJob } from './run-job.ts';

const channel = 4;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C in a shared console is the parent's to handle
dieWithParent();
exitAtOnce();
setLibraryFolders([]);

process.on('message', (order: JobOrder) => {
  void importJob(order.module).then(
    (run) => runJob(run, order, channel),
    (error: unknown) => {
      new JobWriter(channel).end({ kind: 'broken', error: String(error) });
      process.exit(0);
    },
  );
});
process.send?.('ready');
