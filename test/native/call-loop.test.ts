// The machine code of the kit: its bytes are what the listing says, and it does what the C in its comment does.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Convention, callLoop, machineCode } from '../../src/harness/native/call-loop.ts';
import { scratchFolder } from '../scratch.ts';
import { optionalTool } from '../tools.ts';

interface Toolchain {
  readonly prefix: string;
  /** What starts a program for it here. */
  readonly emulator?: string;
  readonly define?: string;
}

const toolchains: Record<Convention, Toolchain> = {
  x64: { prefix: '' },
  'x64-windows': { prefix: '', define: '-DWINDOWS_CONVENTION' },
  arm64: { prefix: 'aarch64-linux-gnu-', emulator: 'qemu-aarch64-static' },
};

const program = (code: Uint8Array) => `
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#ifdef WINDOWS_CONVENTION
#define CONVENTION __attribute__((ms_abi))
#else
#define CONVENTION
#endif
typedef struct { uint64_t function, a, b, c, returned; } Call;
static CONVENTION uint64_t mix(uint64_t a, uint64_t b, uint64_t c) { _Alignas(16) volatile char aligned[16]; return ((uintptr_t)aligned & 15) + a + 10 * b + 100 * c; }
static CONVENTION uint64_t text(const char *a, const char *b) { return (uint64_t)snprintf(NULL, 0, "%s%s%f", a, b, 1.5); }
typedef struct { uint64_t values[10]; } Many;
static CONVENTION Many many(void) { Many filled = {{0}}; filled.values[9] = 5; return filled; }
static const unsigned char code[] = {${[...code].join(',')}};
int main(void) {
  unsigned char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memcpy(page, code, sizeof code);
  mprotect(page, 4096, PROT_READ | PROT_EXEC);
  __builtin___clear_cache((char *)page, (char *)page + sizeof code);
  Many filled = {{0}};
  Call second[3] = {{(uintptr_t)text, (uintptr_t)"ab", (uintptr_t)"c", 0, 0}, {(uintptr_t)many, (uintptr_t)&filled, 0, 0, 0}, {0, 0, 0, 0, 0}};
  Call first[4] = {{(uintptr_t)mix, 1, 2, 3, 0}, {(uintptr_t)mix, 4, 5, 6, 0}, {0, (uintptr_t)second, 0, 0, 9}, {(uintptr_t)mix, 1, 1, 1, 7}};
  CONVENTION void *(*loop)(Call *) = (CONVENTION void *(*)(Call *))(uintptr_t)page;
  const char *returned = loop(first) == NULL ? "NULL" : "?";
  printf("%s %d %d %d %d %d %d\\n", returned, (int)first[0].returned, (int)first[1].returned,
         (int)first[2].returned, (int)first[3].returned, (int)second[0].returned, (int)filled.values[9]);
  return 0;
}
`;

describe.each(Object.keys(toolchains) as Convention[])('for %s', (convention) => {
  const { prefix, emulator, define } = toolchains[convention];
  const isForeign = prefix === '' && process.arch !== 'x64';
  const tools = [`${prefix}as`, `${prefix}objcopy`, `${prefix}gcc`, ...(emulator === undefined ? [] : [emulator])];
  const lacks = isForeign || process.platform !== 'linux' || tools.some((tool) => optionalTool(tool) === undefined);

  test.skipIf(lacks)('an assembler makes the same bytes of the text', async () => {
    const folder = await scratchFolder();
    const lines = callLoop[convention].map(([, text]) => text);
    writeFileSync(join(folder, 'loop.s'), `${prefix === '' ? '.intel_syntax noprefix\n' : ''}${lines.join('\n')}\n`);
    execFileSync(`${prefix}as`, ['loop.s', '-o', 'loop.o'], { cwd: folder });
    execFileSync(`${prefix}objcopy`, ['-O', 'binary', '-j', '.text', 'loop.o', 'loop.bin'], { cwd: folder });
    expect(Buffer.from(machineCode(convention)).toString('hex')).toBe(readFileSync(join(folder, 'loop.bin')).toString('hex'));
  });

  test.skipIf(lacks)('it makes the calls in order, keeps what they return and follows the jumps', async () => {
    const folder = await scratchFolder();
    writeFileSync(join(folder, 'loop.c'), program(machineCode(convention)));
    execFileSync(`${prefix}gcc`, ['-O1', '-static', ...(define === undefined ? [] : [define]), 'loop.c', '-o', 'loop'], { cwd: folder });
    const [command, ...args] = [...(emulator === undefined ? [] : [emulator]), join(folder, 'loop')];
    expect(execFileSync(command as string, args, { encoding: 'utf8' })).toBe('NULL 321 654 9 7 11 5\n');
  });
});
