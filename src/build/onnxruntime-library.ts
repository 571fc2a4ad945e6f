// Puts ONNX Runtime's library where the manifest names it, from the installed onnxruntime-node package or ONNXRUNTIME_ROOT.
import { copyFile, readdir, stat, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../core/atomic-write.ts';
import type { Io } from '../core/io.ts';
import { KitError } from '../core/kit-error.ts';
import { type PlatformKey, platforms } from '../core/platform.ts';
import type { Project } from '../project/project.ts';

const isOnnxruntime = /^(?:lib)?onnxruntime\b/;

/**
 * Copies every ONNX Runtime library that `plugin.dependencies` names for a platform to its place below `prefix`,
 * unless it already is there; other dependencies are the author's own.
 *
 * @throws {@link KitError} `TOOL_MISSING` when there is none for that platform, `WRITE_FAILED`.
 */
export async function placeOnnxruntime(project: Project, platform: PlatformKey, prefix: string, io: Io): Promise<void> {
  for (const path of project.manifest.plugin.dependencies[platform] ?? []) {
    if (isOnnxruntime.test(basename(path))) await placeLibrary(join(prefix, path), project.root, platform, io);
  }
}

async function placeLibrary(target: string, root: string, platform: PlatformKey, io: Io): Promise<void> {
  const source = await findOnnxruntime(basename(target), root, platform, io.env);
  if (source === undefined) {
    // One that somebody put there by hand serves as well.
    if (await sizeOf(target)) return;
    throw new KitError('TOOL_MISSING', `there is no ONNX Runtime for ${platform}: ${target} cannot be provided`, {
      hint: 'unpack a release of ONNX Runtime for that platform and name its folder in ONNXRUNTIME_ROOT',
    });
  }
  if (await isSame(source, target)) return;
  await replaceFile(target, async (staging) => {
    await copyFile(source, staging);
    const { atime, mtime } = await stat(source);
    await utimes(staging, atime, mtime);
  });
  io.progress(`copied ${basename(source)} to ${target}`);
}

/** The ONNX Runtime library of a platform, in whatever version it is called, or undefined. */
export async function findOnnxruntime(name: string, root: string, platform: PlatformKey, env: Io['env']): Promise<string | undefined> {
  const chosen = env['ONNXRUNTIME_ROOT'];
  const folders = chosen ? [join(chosen, 'lib'), chosen] : packageFolders(root, platform);
  for (const folder of folders) {
    const files = await readdir(folder).catch((): string[] => []);
    const found = files.includes(name) ? name : files.find((file) => stem(file) === stem(name));
    if (found !== undefined) return join(folder, found);
  }
  return undefined;
}

/** Where onnxruntime-node keeps a platform's libraries: as the kit sees that package, and as the project does. */
function packageFolders(root: string, platform: PlatformKey): string[] {
  const { os, cpu } = platforms[platform];
  return [import.meta.url, join(root, 'package.json')].flatMap((from) => {
    try {
      return [join(dirname(createRequire(from).resolve('onnxruntime-node/package.json')), 'bin', 'napi-v6', os, cpu)];
    } catch {
      return [];
    }
  });
}

/** A library's name without its versions: libonnxruntime.so.1 and libonnxruntime.so are the same one. */
function stem(name: string): string {
  return name.replace(/\.so(\.\d+)+$/, '.so').replace(/(\.\d+)+\.dylib$/, '.dylib');
}

/** Size and date, which the copy keeps: reading 20 MB twice would be most of a build that has nothing to do. */
async function isSame(source: string, target: string): Promise<boolean> {
  const [left, right] = await Promise.all([stat(source), stat(target).catch(() => undefined)]);
  return left.size === right?.size && Math.abs(left.mtimeMs - right.mtimeMs) < 1000;
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
