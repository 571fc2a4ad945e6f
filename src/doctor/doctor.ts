// Looks at what this machine has and what is missing to make plugins, with the command that installs it.
import type { Io } from '../core/io.ts';
import type { Probe, ToolFinding } from './probe.ts';
import { probes } from './probes.ts';

/** What the machine is like; `ok` when all that is required is there. */
export interface DoctorReport {
  readonly ok: boolean;
  readonly tools: readonly (Omit<Probe, 'look'> & ToolFinding)[];
}

/** Looks at everything at once; installs and changes nothing. */
export async function examineMachine(io: Io): Promise<DoctorReport> {
  const tools = await Promise.all(probes.map(async ({ look, ...about }) => ({ ...about, ...(await look(io)) })));
  return { ok: tools.every(({ required, problem }) => !required || problem === undefined), tools };
}
