// Starts a zygote where copying a process works, which a self-test decides and not the system's name.

import { platform } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiledModule } from '../../core/kit-version.ts';
import type { JobRunnerOptions } from '../job.ts';
import { type OtherNode, slowdownOf } from '../launcher.ts';
import { Zygote } from './zygote.ts';

const selfTest = compiledModule('harness/jobs/self-test.js').href;
const expectedSum = 100_000;
const testMs = 5000;

/** A zygote that has imported the modules and shown that copies run, return and die as they should; else undefined. */
export async function startZygote(modules: JobRunnerOptions['modules'], node: OtherNode | undefined): Promise<Zygote | undefined> {
  if (platform() !== 'linux') return undefined;
  const zygote = new Zygote(modules instanceof URL ? modules : [selfTest, ...modules], node);
  try {
    await zygote.start();
    if (await works(zygote, testMs * slowdownOf(node))) return zygote;
  } catch {
    // jobs then run in fresh processes, where a module that cannot be imported is told as the job's own fault
  }
  await zygote.close();
  return undefined;
}

async function works(zygote: Zygote, withinMs: number): Promise<boolean> {
  const order = { module: selfTest, scratchFolder: '', graceMs: 0 };
  const working = zygote.run({ ...order, input: 'work' });
  const dying = zygote.run({ ...order, input: 'die' });
  const [work, death] = await Promise.race([Promise.all([working.ended, dying.ended]), sleep(withinMs, [] as const, { ref: false })]);
  const worked = work?.word?.kind === 'value' && work.word.value === expectedSum;
  return worked && death?.exit.kind === 'crashed' && death.exit.signal === 'SIGSEGV';
}
