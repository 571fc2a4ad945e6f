// The job runner's part inside Wine: starts the processes of jobs there, where their ends are told in full, and does what the other end says.
import { connect } from 'node:net';
import { toErrorText } from '../../core/kit-error.ts';
import type { JobRunner } from '../job.ts';
import { startJobRunner } from './start-job-runner.ts';
import { readLines, type WineReply, type WineRequest } from './wine-messages.ts';

const [port = '', token = ''] = process.argv.slice(2);
const socket = connect(Number(port), '127.0.0.1');
let runner: Promise<JobRunner> | undefined;

const say = (reply: WineReply) => void socket.write(`${JSON.stringify(reply)}\n`);

socket.on('connect', () => say({ kind: 'here', token }));
socket.on('error', () => void end());
socket.on('close', () => void end());
process.on('SIGINT', () => undefined); // Ctrl-C is the other end's to handle
readLines(socket, (request: WineRequest) => void take(request));

async function take(request: WineRequest): Promise<void> {
  if (request.kind === 'close') return await end();
  if (request.kind === 'run') return await run(request);
  const { slots, fresh, folder, preload } = request;
  const launcher = { kind: 'qemu', platform: 'windows-x64', execPath: process.execPath, execArgv: ['--import', preload] } as const;
  runner = startJobRunner({ slots, modules: [], shared: true, fresh, folder, launcher, env: process.env });
  await runner;
  say({ kind: 'ready' });
}

async function run({ id, job }: Extract<WineRequest, { kind: 'run' }>): Promise<void> {
  try {
    if (runner === undefined) throw new TypeError('it was not told to start');
    say({ kind: 'ended', id, outcome: await (await runner).run(job) });
  } catch (error) {
    say({ kind: 'failed', id, error: toErrorText(error) });
  }
}

async function end(): Promise<never> {
  await (await runner)?.close();
  return process.exit(0);
}
