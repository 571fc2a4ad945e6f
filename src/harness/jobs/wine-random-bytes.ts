// Gives a Wine that lacks it Windows' own source of random bytes: Rust's standard library is linked to it, so that no plugin in Rust would load.
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isThere } from '../../core/is-there.ts';
import { findProgram } from '../../process/find-program.ts';
import { runProcess } from '../../process/run-process.ts';
import type { Wine } from '../launcher.ts';

const library = 'bcryptprimitives.dll';
const source = `#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG size);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
`;

/** Compiles the library into the Windows of the kit's own; without a compiler for Windows that Windows stays as Wine made it. */
export async function provideRandomBytes({ prefix, env }: Wine): Promise<void> {
  const system = join(prefix, 'drive_c/windows/system32');
  if (await isThere(join(system, library))) return;
  const compiler = await findProgram('x86_64-w64-mingw32-gcc', env);
  if (compiler === undefined) return;
  const folder = await mkdtemp(join(system, 'mvas-'));
  try {
    const [text, made] = [join(folder, 'random.c'), join(folder, library)];
    await writeFile(text, source);
    await runProcess(compiler, ['-shared', '-O1', '-s', text, '-o', made, '-ladvapi32'], { env });
    if (await isThere(made)) await rename(made, join(system, library));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
