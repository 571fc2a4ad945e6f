// What the doctor looks at, in the order in which a newcomer needs it.
import { readdir } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { installCommand } from '../build/install-command.ts';
import { findOnnxruntime } from '../build/onnxruntime-library.ts';
import { findCompiler, findTool, oldestCMake, oldestRust, versionProblem } from '../build/tool-chain.ts';
import type { Io } from '../core/io.ts';
import { hostPlatform, platforms } from '../core/platform.ts';
import { runProcess } from '../process/run-process.ts';
import { mvasHome } from '../signing/mvas-home.ts';
import { foreignProbes } from './foreign-probes.ts';
import { nvidiaProbes } from './nvidia-probes.ts';
import type { Probe, ToolFinding } from './probe.ts';

const oldestNode = '20.19';

/** One entry a thing. */
export const probes: readonly Probe[] = [
  {
    id: 'node',
    title: 'Node.js',
    required: true,
    look: ({ env }) => program('node', env, oldestNode, async () => 'https://nodejs.org/en/download'),
  },
  { id: 'npm', title: 'npm', required: true, look: ({ env }) => program('npm', env, '9', async () => 'https://nodejs.org/en/download') },
  { id: 'compiler', title: 'C++ compiler', required: true, look: lookForCompiler },
  { id: 'cmake', title: 'CMake', required: true, look: ({ env }) => program('cmake', env, oldestCMake, () => installCommand('cmake')) },
  {
    id: 'rust',
    title: 'Rust with cargo, for plugins in Rust',
    required: false,
    look: ({ env }) => program('cargo', env, oldestRust, () => installCommand('rust')),
  },
  ...foreignProbes,
  ...nvidiaProbes,
  { id: 'onnxruntime', title: 'ONNX Runtime', required: true, look: lookForOnnxruntime },
  { id: 'python', title: 'Python with venv, to fit models', required: false, look: lookForPython },
  { id: 'locale', title: 'UTF-8 locale', required: false, look: lookAtLocale },
  { id: 'keys', title: 'Key to sign packages', required: false, look: lookForKeys },
];

async function program(name: string, env: Io['env'], oldest: string, fix: () => Promise<string>): Promise<ToolFinding> {
  const tool = await findTool(name, env);
  if (tool === undefined) return { problem: 'not found', fix: await fix() };
  const { path, version: found } = tool;
  const problem = versionProblem(found, oldest);
  return problem === undefined ? { found, path } : { found, path, problem, fix: await fix() };
}

async function lookForCompiler({ env }: Io): Promise<ToolFinding> {
  const compiler = await findCompiler(env);
  if (compiler === undefined) return { problem: 'not found', fix: await installCommand('compiler') };
  return { found: compiler.version, path: compiler.path };
}

async function lookForOnnxruntime({ cwd, env }: Io): Promise<ToolFinding> {
  const host = hostPlatform();
  const path = await findOnnxruntime(platforms[host].onnxruntime, cwd, host, env);
  if (path !== undefined) return { found: host, path };
  return { problem: `not found for ${host}`, fix: 'unpack a release of ONNX Runtime and name its folder in ONNXRUNTIME_ROOT' };
}

async function lookForPython({ env }: Io): Promise<ToolFinding> {
  for (const name of ['python3', 'python']) {
    const tool = await findTool(name, env);
    if (tool === undefined || !tool.version.startsWith('3.')) continue;
    const venv = await runProcess(tool.path, ['-c', 'import ensurepip, venv'], { env, timeoutMs: 20_000 });
    if (venv.exitCode === 0) return { found: tool.version, path: tool.path };
    return { found: tool.version, path: tool.path, problem: 'has no venv', fix: await installCommand('python') };
  }
  return { problem: 'not found', fix: await installCommand('python') };
}

/** Only Linux lets a terminal be anything but UTF-8 today. */
async function lookAtLocale({ env }: Io): Promise<ToolFinding> {
  const found = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C';
  if (platform() !== 'linux' || /utf-?8/i.test(found)) return { found };
  return { found, problem: 'names with accents may be shown wrong', fix: 'export LC_ALL=C.UTF-8' };
}

async function lookForKeys({ env }: Io): Promise<ToolFinding> {
  const path = join(mvasHome(env), 'keys');
  const files = await readdir(path).catch((): string[] => []);
  return files.length > 0 ? { found: files.sort().join(', '), path } : { problem: 'none yet', fix: 'mvas keygen --dev' };
}
