// Finds CMake, a C++ compiler and cargo, and says what to type when one is missing.
import { platform } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../core/kit-error.ts';
import { findProgram } from '../process/find-program.ts';
import { runProcess } from '../process/run-process.ts';
import { installCommand, type Tool } from './install-command.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A program with the version it says it has. */
export interface FoundTool {
  readonly path: string;
  readonly version: string;
}

/** Oldest CMake that the kit's files work with. */
export const oldestCMake = '3.18';

/** Oldest Rust that the crate of the SDK compiles with. */
export const oldestRust = '1.77';

/** A program on the PATH that knows `--version`, or undefined. */
export async function findTool(name: string, env: Env): Promise<FoundTool | undefined> {
  const path = await findProgram(name, env);
  return path === undefined ? undefined : { path, version: await versionOf(path, env) };
}

/** The C++ compiler that CMake will take: CXX, else one on the PATH, else (Windows) Visual Studio's. */
export async function findCompiler(env: Env): Promise<FoundTool | undefined> {
  for (const name of [env['CXX'] ?? '', 'c++', 'g++', 'clang++', 'cl'].filter((one) => one !== '')) {
    const path = await findProgram(name, env);
    if (path !== undefined) return { path, version: name === 'cl' ? '' : await versionOf(path, env) };
  }
  return platform() === 'win32' ? await findVisualStudio(env) : undefined;
}

/**
 * CMake, new enough.
 *
 * @throws {@link KitError} `TOOL_MISSING` with the command that installs it.
 */
export async function requireCMake(env: Env): Promise<FoundTool> {
  const found = await findTool('cmake', env);
  if (found === undefined) throw await missing(`CMake ${oldestCMake} or newer is not installed`, 'cmake');
  return await newEnough(found, 'CMake', oldestCMake, 'cmake');
}

/**
 * A C++ compiler.
 *
 * @throws {@link KitError} `TOOL_MISSING` with the command that installs one.
 */
export async function requireCompiler(env: Env): Promise<FoundTool> {
  const found = await findCompiler(env);
  if (found !== undefined) return found;
  const tried = env['CXX'] ? ` (CXX is ${env['CXX']})` : '';
  throw await missing(`no C++ compiler is installed${tried}`, 'compiler');
}

/**
 * Cargo, new enough.
 *
 * @throws {@link KitError} `TOOL_MISSING` with the command that installs it.
 */
export async function requireCargo(env: Env): Promise<FoundTool> {
  const found = await findTool('cargo', env);
  if (found === undefined) throw await missing(`cargo of Rust ${oldestRust} or newer is not installed`, 'rust');
  return await newEnough(found, 'cargo', oldestRust, 'rust');
}

/** Whether a dotted version is lower than another. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split('.').map(Number));
  const at = right?.findIndex((part, index) => (left?.[index] ?? 0) !== part) ?? -1;
  return at >= 0 && (left?.[at] ?? 0) < (right?.[at] ?? 0);
}

/** What is wrong with the version that a program tells, '' where it tells none; undefined when nothing is. */
export function versionProblem(version: string, oldest: string): string | undefined {
  if (version === '') return 'does not tell its version';
  return isOlder(version, oldest) ? `older than ${oldest}` : undefined;
}

async function newEnough(found: FoundTool, title: string, oldest: string, tool: Tool): Promise<FoundTool> {
  const problem = versionProblem(found.version, oldest);
  if (problem === undefined) return found;
  throw await missing(`${[title, found.version].join(' ').trim()} (${found.path}): ${problem}`, tool);
}

async function missing(what: string, tool: Tool): Promise<KitError> {
  return new KitError('TOOL_MISSING', what, { hint: `install it with: ${await installCommand(tool)}` });
}

async function versionOf(path: string, env: Env): Promise<string> {
  const { stdout } = await runProcess(path, ['--version'], { env, timeoutMs: 60_000 }); // a cold disk may take half of it
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? '';
}

async function findVisualStudio(env: Env): Promise<FoundTool | undefined> {
  const folder = env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
  const vswhere = await findProgram('vswhere', { PATH: join(folder, 'Microsoft Visual Studio', 'Installer') });
  if (vswhere === undefined) return undefined;
  const wanted = ['-latest', '-products', '*', '-requires', 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64'];
  const { stdout } = await runProcess(vswhere, [...wanted, '-property', 'installationVersion'], { env, timeoutMs: 20_000 });
  return stdout.trim() === '' ? undefined : { path: vswhere, version: stdout.trim() };
}
