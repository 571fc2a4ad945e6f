// Reads how an ELF file was hardened, and the number of its build.
import type { Hardening, Machine } from './binary.ts';
import { type ElfImage, segmentType, tag } from './elf-image.ts';

const permission = { execute: 1, write: 2 } as const;
const bindNow = { flags: 8, flags1: 1 } as const;
const textRelocations = 4;
const buildIdNote = 3;

/** From segments, dynamic flags and the names it takes. */
export function elfHardening(image: ElfImage, machine: Machine, imports: readonly string[]): Hardening {
  const { segments, entry } = image;
  const has = (at: number, bit: number) => ((entry(at) ?? 0) & bit) !== 0;
  const stack = segments.find(({ type }) => type === segmentType.stack);
  const isWritableCode = (flags: number) => (flags & permission.execute) !== 0 && (flags & permission.write) !== 0;
  const writable = segments.filter(({ type, flags }) => type === segmentType.load && isWritableCode(flags));
  return {
    // Without a word about it the loader makes the stack executable on x86, on other processors not.
    noExecute: stack === undefined ? !['x64', 'x86'].includes(machine) : (stack.flags & permission.execute) === 0,
    writableCode: writable.map(({ address }) => `the segment at 0x${address.toString(16)}`),
    stackProtector: imports.includes('__stack_chk_fail') || imports.includes('__stack_chk_guard'),
    relro: segments.some(({ type }) => type === segmentType.relro),
    bindNow: entry(tag.bindNow) !== undefined || has(tag.flags, bindNow.flags) || has(tag.flags1, bindNow.flags1),
    textRelocations: entry(tag.textRelocations) !== undefined || has(tag.flags, textRelocations),
    fortified: imports.some((name) => /^__\w+_chk$/.test(name)),
  };
}

/** The GNU build-id in hexadecimal. */
export function elfBuildId({ segments, reader }: ElfImage): string | undefined {
  for (const { type, offset, fileBytes } of segments) {
    if (type !== segmentType.note) continue;
    const notes = reader.bytes(offset, fileBytes, 'notes');
    for (let at = 0; at + 12 <= notes.length; ) {
      const [nameBytes, bytes] = [notes.readUInt32LE(at), notes.readUInt32LE(at + 4)];
      const start = at + 12 + aligned(nameBytes);
      const isBuildId = notes.readUInt32LE(at + 8) === buildIdNote && notes.toString('latin1', at + 12, at + 15) === 'GNU';
      if (isBuildId) return notes.toString('hex', start, start + bytes);
      at = start + aligned(bytes);
    }
  }
  return undefined;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
