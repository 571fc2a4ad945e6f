// NVIDIA's own headers of TensorRT, which a crate carries under the Apache licence.
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mostBytes = 1 << 26;

/** Folder of the headers of TensorRT 10 or 11; cargo fetches them the first time. */
export async function tensorrtHeaders(major: 10 | 11): Promise<string> {
  const project = join(import.meta.dirname, `tensorrt-headers/${major}/Cargo.toml`);
  const args = ['metadata', '--locked', '--format-version', '1', '--manifest-path', project];
  const { stdout } = await run('cargo', args, { maxBuffer: mostBytes });
  const { packages } = JSON.parse(stdout) as { packages: readonly { name: string; manifest_path: string }[] };
  const crate = packages.find(({ name }) => name === 'trtx-sys');
  if (crate === undefined) throw new Error(`${project} does not name the crate`);
  const folder = join(dirname(crate.manifest_path), 'TensorRT-Headers');
  const [release] = (await readdir(folder)).filter((name) => name.startsWith(`TRT-Enterprise-${major}.`));
  if (release === undefined) throw new Error(`${folder} has no headers of TensorRT ${major}`);
  return join(folder, release);
}
