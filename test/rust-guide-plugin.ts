// Builds the plugin that the Rust guide shows, for this machine or for another platform.
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '../src/process/run-process.ts';
import type { RustTarget } from './rust-targets.ts';

const root = join(import.meta.dirname, '..');

/** Copies the crate into a folder: what cargo writes must not become part of the SDK. */
export function copyCrate(folder: string): void {
  cpSync(join(root, 'sdk/rust'), folder, { recursive: true, filter: (path) => !/(^|[\\/])(target|Cargo\.lock)$/.test(path) });
}

/** Makes the guide's plugin an example of a copied crate and builds it; resolves to the library. */
export async function buildGuidePlugin(crate: string, target?: RustTarget): Promise<string> {
  const source = /```rust\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/guide/rust.md'), 'utf8'))?.[1] ?? '';
  mkdirSync(join(crate, 'examples'), { recursive: true });
  writeFileSync(join(crate, 'examples/guide.rs'), `//! The plugin of the guide.\n${source}`);
  appendFileSync(join(crate, 'Cargo.toml'), '\n[[example]]\nname = "guide"\ncrate-type = ["cdylib"]\n');
  const linker = target === undefined ? {} : { [`CARGO_TARGET_${target.triple.toUpperCase().replaceAll('-', '_')}_LINKER`]: target.linker };
  const args = ['build', '--release', '--example', 'guide', ...(target === undefined ? [] : ['--target', target.triple])];
  const env = { ...process.env, CARGO_NET_OFFLINE: 'true', CARGO_TERM_COLOR: 'never', ...linker };
  const { exitCode, stderr } = await runProcess('cargo', args, { cwd: crate, env });
  if (exitCode !== 0) throw new Error(stderr);
  const system = target === undefined ? process.platform : target.triple.includes('windows') ? 'win32' : 'linux';
  const library = { darwin: 'libguide.dylib', win32: 'guide.dll' }[system as string] ?? 'libguide.so';
  return join(crate, 'target', target?.triple ?? '', 'release/examples', library);
}
