// Counts instructions of x64 code that older processors lack. It steps from instruction to instruction, as a disassembler does.
import type { Binary } from './binary.ts';
import { withFile } from './byte-reader.ts';
import { instructionAt } from './x64-instruction.ts';

const mostBytes = 8 * 1024 * 1024;

/** What was found in the code. */
export interface InstructionUse {
  readonly avx: number;
  readonly avx512: number;
  /** Whether the code, or a library it takes from, finds out what the processor can. */
  readonly asksProcessor: boolean;
}

/** Reads all code sections of an x64 library; at most 8 MB of them, so that it takes no longer than the other checks. */
export function instructionUse(path: string, { sections, imports }: Binary): InstructionUse {
  const use = {
    avx: 0,
    avx512: 0,
    asksProcessor: imports.some((name) => /^__cpu_(model|indicator_init)|^IsProcessorFeaturePresent$/.test(name)),
  };
  withFile(path, (reader) => {
    let left = mostBytes;
    for (const { offset, bytes, isCode } of sections) {
      if (!isCode || bytes === 0 || left === 0 || offset + bytes > reader.size) continue;
      const code = reader.bytes(offset, Math.min(bytes, left), 'code');
      left -= code.length;
      for (let at = 0; at < code.length; ) {
        const { length, kind } = instructionAt(code, at);
        if (kind === 'avx') use.avx += 1;
        else if (kind === 'avx512') use.avx512 += 1;
        else if (kind === 'cpuid') use.asksProcessor = true;
        at += length;
      }
    }
  });
  return use;
}
