// Finds the targets of rustc for other platforms: no package of a distribution has them, only rustup.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findTool } from './tools.ts';

/** What cargo builds for another platform with. */
export interface RustTarget {
  readonly triple: string;
  readonly linker: string;
}

const targets = {
  'linux-arm64': { triple: 'aarch64-unknown-linux-gnu', linker: 'aarch64-linux-gnu-gcc' },
  'windows-x64': { triple: 'x86_64-pc-windows-gnu', linker: 'x86_64-w64-mingw32-gcc' },
} as const;

/** The target for a platform, or undefined where rustc has no standard library for it or there is no linker. */
export function rustTarget(platform: keyof typeof targets): RustTarget | undefined {
  const target = targets[platform];
  if (findTool('cargo') === undefined || findTool(target.linker) === undefined) return undefined;
  const args = ['--print', 'target-libdir', '--target', target.triple];
  return existsSync(execFileSync('rustc', args, { encoding: 'utf8' }).trim()) ? target : undefined;
}
