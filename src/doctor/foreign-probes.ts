// What the doctor looks at for platforms that are not this machine's: compilers, Rust libraries, an emulator.
import { stat } from 'node:fs/promises';
import { crossCompiler, crossPlatforms, findCrossCompiler } from '../build/cross-compilers.ts';
import { rustTarget } from '../build/drivers/cargo.ts';
import { installCommand } from '../build/install-command.ts';
import { emulatedPlatforms, foreignLauncher } from '../conformance/foreign-launcher.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { hostPlatform, type PlatformKey } from '../core/platform.ts';
import { findProgram } from '../process/find-program.ts';
import { runProcess } from '../process/run-process.ts';
import type { Probe, ToolFinding } from './probe.ts';

/** One compiler and one Rust library a platform that this machine can build for, and an emulator where there is one. */
export const foreignProbes: readonly Probe[] = [
  ...crossPlatforms().flatMap((platform): Probe[] => [
    {
      id: `compiler-${platform}`,
      title: `C++ compiler for ${platform}`,
      required: false,
      look: ({ env }) => lookForCompiler(platform, env),
    },
    { id: `rust-${platform}`, title: `Rust library for ${platform}`, required: false, look: ({ env }) => lookForRust(platform, env) },
  ]),
  ...emulatedPlatforms().map(
    (platform): Probe => ({
      id: `emulator-${platform}`,
      title: `Emulator for ${platform}, to test there`,
      required: false,
      look: ({ env }) => lookForEmulator(platform, env),
    }),
  ),
];

async function lookForCompiler(platform: PlatformKey, env: Io['env']): Promise<ToolFinding> {
  const compiler = crossCompiler(platform);
  if (compiler === undefined) return { problem: `none runs on ${hostPlatform()}` };
  const found = await findCrossCompiler(compiler, env);
  return found === undefined
    ? { problem: 'not found', fix: await installCommand(compiler.tool) }
    : { found: found.version, path: found.path };
}

async function lookForRust(platform: PlatformKey, env: Io['env']): Promise<ToolFinding> {
  const target = rustTarget(platform);
  const fix = `rustup target add ${target}`;
  const rustc = await findProgram('rustc', env);
  if (rustc === undefined) return { problem: 'Rust is not found', fix: `${await installCommand('rust')} && ${fix}` };
  const { stdout } = await runProcess(rustc, ['--print', 'target-libdir', '--target', target], { env, timeoutMs: 20_000 });
  const path = stdout.trim();
  return (await stat(path).catch(() => undefined)) ? { found: target, path } : { problem: 'not found', fix };
}

async function lookForEmulator(platform: PlatformKey, env: Io['env']): Promise<ToolFinding> {
  try {
    const launcher = await foreignLauncher(platform, env);
    return launcher === undefined ? {} : { found: launcher.kind, path: launcher.execPath };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { problem: error.message, ...(error.hint === undefined ? {} : { fix: error.hint.replace(/^install it: /, '') }) };
  }
}
