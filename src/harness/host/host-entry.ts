// The process that an isolated plugin lives in: takes requests from its parent, one at a time, and dies with it.
import { bindingUnder, deadlineAlarm, dieWithParent, exitAtOnce, setLibraryFolders } from '../native/prepare-process.ts';
import { Answerer, refusalOf } from './answer-requests.ts';
import type { NumberedRequest, Reply } from './messages.ts';

const sharedFile = 4;
const alarmSlackSeconds = 10;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined); // Ctrl-C in a shared console is the parent's to handle
dieWithParent();
exitAtOnce();

const setAlarm = deadlineAlarm();
const answerer = new Answerer(sharedFile, (dependencies) => {
  setLibraryFolders(dependencies);
  return bindingUnder(process.env['LD_PRELOAD']);
});

function reply(message: Reply): void {
  process.send?.(message);
}

process.on('message', (request: NumberedRequest) => {
  const { id, deadlineMs } = request;
  setAlarm(Math.ceil(deadlineMs / 1000) + alarmSlackSeconds);
  try {
    const value = answerer.answer(request);
    reply({ kind: 'answer', id, value, ...answerer.progress });
  } catch (thrown) {
    reply({ kind: 'refusal', id, refusal: refusalOf(thrown), ...answerer.progress });
  }
  setAlarm(0);
});

reply({ kind: 'ready' });
