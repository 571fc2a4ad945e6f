// The machine that a benchmark ran on: what its figures depend on besides the plugin.
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg, platform, totalmem } from 'node:os';
import type { Io } from '../core/io.ts';
import { findHardware } from './hardware.ts';

/** What a latency depends on besides the plugin. */
export interface Machine {
  readonly cpu: string;
  /** Null without a GPU whose driver tells its name. */
  readonly gpu: string | null;
  readonly cores: number;
  /** Instruction sets that models use. */
  readonly cpuFlags: readonly string[];
  /** Frequency governor; null where the system does not tell. */
  readonly governor: string | null;
  /** Mean number of running programs in the last minute, before the run and after it; null on Windows. */
  readonly load: number | null;
  readonly loadAfter: number | null;
  readonly memoryMb: number;
  /** Settings of threads: of the plugin's configuration, and variables that runtimes read. */
  readonly threads: Readonly<Record<string, string | number>>;
}

const telling = ['sse4_2', 'avx', 'fma', 'f16c', 'avx2', 'avx512f', 'avx512_vnni', 'amx_int8', 'asimd', 'asimddp', 'sve'];
const threadVariables = [
  'OMP_NUM_THREADS',
  'OMP_WAIT_POLICY',
  'MKL_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'ORT_NUM_THREADS',
  'CUDA_VISIBLE_DEVICES',
];

/** Looks at the machine, before a run. */
export async function describeMachine(config: string, env: Io['env'] = {}): Promise<Machine> {
  const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
  const flags = new Set(
    /^(?:flags|Features)\s*:(.*)$/m
      .exec((await read('/proc/cpuinfo')) ?? '')?.[1]
      ?.trim()
      .split(/\s+/),
  );
  const governor = await read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
  const { cpu = 'unknown', gpu = null } = await findHardware();
  return {
    cpu,
    gpu,
    cores: availableParallelism(),
    cpuFlags: telling.filter((flag) => flags.has(flag)),
    governor: governor?.trim() ?? null,
    load: currentLoad(),
    loadAfter: null,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    threads: threadSettings(config, env),
  };
}

/** Mean number of running programs in the last minute; null where the system does not count. */
export function currentLoad(): number | null {
  return platform() === 'win32' ? null : Number((loadavg()[0] ?? 0).toFixed(2));
}

/** Whether other programs took most of the machine; after a run, as many as it has cores may have been the benchmark's own threads. */
export function isBusy({ load, loadAfter, cores }: Machine): boolean {
  return Math.max(load ?? 0, (loadAfter ?? 0) - cores) > cores * 0.75;
}

function threadSettings(config: string, env: Io['env']): Record<string, string | number> {
  const { threads }: { threads?: unknown } = JSON.parse(config);
  const variables = threadVariables.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { ...(typeof threads === 'number' ? { threads } : {}), ...Object.fromEntries(variables) };
}
