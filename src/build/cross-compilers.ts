// The compilers that build for another platform on one machine: what they are called, and what to install when one is missing.
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey, platforms } from '../core/platform.ts';
import { findProgram } from '../process/find-program.ts';
import { installCommand, type Tool } from './install-command.ts';
import { type FoundTool, findTool } from './tool-chain.ts';

/** A compiler for another platform. */
export interface CrossCompiler {
  /** The C++ compiler; its C compiler links for Rust as well. */
  readonly cxx: string;
  readonly cc: string;
  /** Systems it runs on, as Node calls them. */
  readonly systems: readonly string[];
  readonly tool: Tool;
}

const compilers: Partial<Record<PlatformKey, CrossCompiler>> = {
  'linux-arm64': { cxx: 'aarch64-linux-gnu-g++', cc: 'aarch64-linux-gnu-gcc', systems: ['linux'], tool: 'arm64-compiler' },
  'windows-x64': { cxx: 'x86_64-w64-mingw32-g++', cc: 'x86_64-w64-mingw32-gcc', systems: ['linux', 'darwin'], tool: 'windows-compiler' },
};

/** Platforms that this machine can build for by a compiler of the table. */
export function crossPlatforms(): PlatformKey[] {
  return (Object.keys(compilers) as PlatformKey[]).filter((key) => crossCompiler(key) !== undefined);
}

/** The compiler for a platform that is not this machine's, or undefined where none of the table runs here. */
export function crossCompiler(platform: PlatformKey): CrossCompiler | undefined {
  const compiler = platform === hostPlatform() ? undefined : compilers[platform];
  return compiler?.systems.includes(platforms[hostPlatform()].os) ? compiler : undefined;
}

/** The C++ compiler for a platform with its version, or undefined. */
export async function findCrossCompiler({ cxx }: CrossCompiler, env: Env): Promise<FoundTool | undefined> {
  return (await findTool(`${cxx}-posix`, env)) ?? (await findTool(cxx, env));
}

/**
 * Makes sure that one of some programs is there.
 *
 * @throws {@link KitError} `TOOL_MISSING` with the command that installs it.
 */
export async function requireCrossProgram(platform: PlatformKey, name: string, tool: Tool, env: Env): Promise<void> {
  for (const program of [name, `${name}-posix`]) if (await findProgram(program, env)) return;
  throw new KitError('TOOL_MISSING', `${name} is missing: it builds for ${platform} on this machine (${hostPlatform()})`, {
    hint: `install it with: ${await installCommand(tool)}`,
  });
}

type Env = Readonly<Record<string, string | undefined>>;
