// A machine with an NVIDIA GPU as far as a plugin sees it: trees of CUDA and TensorRT to build with, libraries to run with.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compilePlugin, sdkInclude } from './compile-plugin.ts';

const sources = join(import.meta.dirname, 'stand-ins/nvidia');
const run = promisify(execFile);

/** Where a toolkit's files are. */
export interface CudaFiles {
  readonly include: string;
  /** Static library of the runtime. */
  readonly runtime: string;
}

/** Folders for CMake's search, as environment variables. */
export interface NvidiaRoots extends Record<string, string> {
  readonly CUDAToolkit_ROOT: string;
  readonly TENSORRT_ROOT: string;
}

/** Lays out trees in `folder` like an installed CUDA toolkit and an unpacked TensorRT: the stand-ins', or the given CUDA and TensorRT's headers. */
export async function nvidiaRoots(folder: string, cuda?: CudaFiles, tensorrt?: string): Promise<NvidiaRoots> {
  const roots = { CUDAToolkit_ROOT: join(folder, 'cuda'), TENSORRT_ROOT: join(folder, 'tensorrt') };
  const { include, runtime } = cuda ?? { include: undefined, runtime: await cudaRuntime(folder) };
  for (const part of ['cuda/bin', 'cuda/lib64', 'tensorrt']) await mkdir(join(folder, part), { recursive: true });
  // CMake asks the compiler for the version of the toolkit, and looks for both kinds of the runtime.
  await writeFile(join(folder, 'cuda/bin/nvcc'), '#!/bin/sh\necho "Cuda compilation tools, release 12.9, V12.9.86"\n', { mode: 0o755 });
  for (const name of ['libcudart_static.a', 'libcudart.so']) await symlink(runtime, join(folder, 'cuda/lib64', name));
  if (include === undefined) await copyHeaders(/^cuda/, join(folder, 'cuda/include'));
  else await symlink(include, join(folder, 'cuda/include'));
  if (tensorrt === undefined) await copyHeaders(/^Nv/, join(folder, 'tensorrt/include'));
  else await symlink(tensorrt, join(folder, 'tensorrt/include'));
  return roots;
}

/** Puts the stand-in's libraries into a folder where a plugin looks for them: its own deps/, or lib/ of TENSORRT_ROOT. */
export async function placeTensorrt(folder: string): Promise<void> {
  const flags = ['-shared', '-fPIC', '-O1', '-pthread', '-fvisibility=hidden', '-Wall', '-Wextra', '-Werror', `-I${sources}`, '-ldl'];
  for (const name of ['nvinfer', 'nvonnxparser']) {
    const fileName = `lib${name}.so.10`;
    await compilePlugin(join(sources, `${name}.cpp`), { flags, fileName, output: join(folder, fileName) });
  }
}

/** Folder of the Python package that stands in for TensorRT's. */
export const tensorrtPackage = sources;

async function cudaRuntime(folder: string): Promise<string> {
  const flags = ['-c', '-fPIC', '-O1', '-fvisibility=hidden', '-Wall', '-Wextra', '-Werror', `-I${sources}`, `-I${sdkInclude}`];
  const object = await compilePlugin(join(sources, 'cudart.cpp'), { flags, fileName: 'cudart.o' });
  const archive = join(folder, 'libcudart_static.a');
  await run('ar', ['rcs', archive, object]);
  return archive;
}

async function copyHeaders(wanted: RegExp, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const headers = (await readdir(sources)).filter((name) => wanted.test(name) && name.endsWith('.h'));
  for (const name of headers) await copyFile(join(sources, name), join(folder, name));
}
