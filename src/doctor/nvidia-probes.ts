// What the doctor looks at for plugins that run on an NVIDIA GPU: the GPU, CUDA's toolkit and TensorRT's headers.
import { readFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { versionProblem } from '../build/tool-chain.ts';
import type { Io } from '../core/io.ts';
import { findProgram } from '../process/find-program.ts';
import { runProcess } from '../process/run-process.ts';
import type { Probe, ToolFinding } from './probe.ts';

const oldestCuda = '11.4';
const oldestTensorrt = '8.5';

/** One entry a thing; none is required. */
export const nvidiaProbes: readonly Probe[] = [
  { id: 'gpu', title: 'NVIDIA GPU, for plugins with TensorRT', required: false, look: lookForGpu },
  { id: 'cuda', title: 'CUDA, to build plugins with TensorRT', required: false, look: lookForCuda },
  { id: 'tensorrt', title: 'TensorRT, to build plugins with it', required: false, look: lookForTensorrt },
];

async function lookForGpu({ env }: Io): Promise<ToolFinding> {
  const path = await findProgram('nvidia-smi', env);
  if (path === undefined) return { problem: 'not found: such plugins run on the CPU here', fix: 'https://www.nvidia.com/drivers' };
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const { exitCode, stdout } = await runProcess(path, query, { env, timeoutMs: 20_000 });
  const gpus = stdout.split('\n').filter((line) => line.trim() !== '');
  if (exitCode === 0 && gpus.length > 0) return { found: gpus.map((gpu) => gpu.replace(',', ', driver')).join('; '), path };
  return { path, problem: 'nvidia-smi finds no GPU', fix: 'https://www.nvidia.com/drivers' };
}

async function lookForCuda({ env }: Io): Promise<ToolFinding> {
  const fix = 'https://developer.nvidia.com/cuda-downloads, and name its folder in CUDAToolkit_ROOT';
  const chosen = [env['CUDAToolkit_ROOT'], env['CUDA_PATH']].flatMap((root) => (root ? [join(root, 'bin')] : []));
  const folders = [...chosen, env['PATH'] ?? env['Path'] ?? '', '/usr/local/cuda/bin'];
  const nvcc = await findProgram('nvcc', { ...env, PATH: folders.join(delimiter) });
  if (nvcc === undefined) return { problem: 'not found', fix };
  const { stdout } = await runProcess(nvcc, ['--version'], { env, timeoutMs: 20_000 });
  return judge(/release (\d+\.\d+)/.exec(stdout)?.[1] ?? '', nvcc, oldestCuda, fix);
}

async function lookForTensorrt({ env }: Io): Promise<ToolFinding> {
  const fix = 'unpack https://developer.nvidia.com/tensorrt and name its folder in TENSORRT_ROOT';
  for (const folder of tensorrtFolders(env)) {
    const path = join(folder, 'NvInferVersion.h');
    const header = await readFile(path, 'utf8').catch(() => undefined);
    if (header !== undefined) return judge(tensorrtVersion(header), path, oldestTensorrt, fix);
  }
  return { problem: 'not found', fix };
}

/** In the order in which FindTensorRT.cmake looks. */
function tensorrtFolders(env: Io['env']): string[] {
  const chosen = env['TENSORRT_ROOT'];
  const usual = platform() === 'win32' ? 'C:/TensorRT' : '/usr/local/TensorRT';
  const system = platform() === 'win32' ? [] : ['/usr'];
  const triplet = `${arch() === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  return [...(chosen ? [chosen] : []), usual, ...system].flatMap((root) => [join(root, 'include'), join(root, 'include', triplet)]);
}

/** A part of the version is a number, or since 10.8 the name of one. */
function tensorrtVersion(header: string): string {
  const number = (part: string) =>
    new RegExp(`^#define\\s+(?:NV_TENSORRT_${part}|TRT_${part}_ENTERPRISE)\\s+(\\d+)`, 'm').exec(header)?.[1];
  return ['MAJOR', 'MINOR', 'PATCH'].flatMap((part) => number(part) ?? []).join('.');
}

function judge(found: string, path: string, oldest: string, fix: string): ToolFinding {
  const problem = versionProblem(found, oldest);
  return problem === undefined ? { found, path } : { found, path, problem, fix };
}
