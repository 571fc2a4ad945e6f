// The machine that a benchmark ran on: unlike machines are not compared.
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** What a latency depends on besides the plugin. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Instruction sets that models use. */
  readonly cpuFlags: readonly string[];
  /** Frequency governor; null where the system does not tell. */
  readonly governor: string | null;
  /** Mean number of running programs in the last minute, before the run; null on Windows. */
  readonly load: number | null;
  readonly memoryMb: number;
}

const telling = ['sse4_2', 'avx', 'fma', 'f16c', 'avx2', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimd', 'asimddp', 'sve'];

/** Looks at the machine. */
export async function describeMachine(): Promise<Machine> {
  const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
  const flags = new Set(
    /^(?:flags|Features)\s*:(.*)$/m
      .exec((await read('/proc/cpuinfo')) ?? '')?.[1]
      ?.trim()
      .split(/\s+/),
  );
  const governor = await read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
  const load = loadavg()[0] ?? 0;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    cpuFlags: telling.filter((flag) => flags.has(flag)),
    governor: governor?.trim() ?? null,
    load: platform() === 'win32' ? null : Number(load.toFixed(2)),
    memoryMb: Math.round(totalmem() / 2 ** 20),
  };
}
