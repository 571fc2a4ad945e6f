// What a file is by its first bytes: the three library formats, and what people pass by mistake.

interface FileKind {
  /** Completes the sentence "it is …". */
  readonly name: string;
  readonly matches: (start: Buffer) => boolean;
  /** The reader for it, where it is a library format. */
  readonly read?: 'elf' | 'pe' | 'macho';
}

const begins = (text: string) => (start: Buffer) => start.subarray(0, text.length).equals(Buffer.from(text, 'latin1'));
const magic =
  (...values: number[]) =>
  (start: Buffer) =>
    start.length >= 8 && values.includes(start.readUInt32BE(0));

/** A Java class file begins like a universal Mach-O; its second word is a version and far above any count of processors. */
const isUniversal = (start: Buffer) =>
  start.length >= 8 && [0xcafebabe, 0xcafebabf].includes(start.readUInt32BE(0)) && start.readUInt32BE(4) < 40;
const isText = (start: Buffer) => !start.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));

/** In order: the first that matches counts. */
export const fileKinds: readonly FileKind[] = [
  { name: 'an empty file', matches: (start) => start.length === 0 },
  { name: 'an ELF file', matches: begins('\x7fELF'), read: 'elf' },
  { name: 'a Mach-O file', matches: magic(0xcffaedfe, 0xcefaedfe), read: 'macho' },
  { name: 'a universal Mach-O file', matches: isUniversal, read: 'macho' },
  { name: 'a PE file', matches: begins('MZ'), read: 'pe' },
  { name: 'a Git LFS pointer, not the file itself: run git lfs pull', matches: begins('version https://git-lfs.github.com/spec/') },
  { name: 'a static library (ar archive): link it as a shared library', matches: begins('!<arch>\n') },
  { name: 'a thin ar archive: link it as a shared library', matches: begins('!<thin>\n') },
  { name: 'a Windows object file, not a linked DLL', matches: begins('\x64\x86') },
  { name: 'LLVM bitcode, not a linked library', matches: begins('BC\xc0\xde') },
  { name: 'a ZIP archive (a .mvapp is given as such, with this ending)', matches: begins('PK\x03\x04') },
  { name: 'a gzip archive', matches: begins('\x1f\x8b') },
  { name: 'a script', matches: begins('#!') },
  { name: 'a text file', matches: isText },
];
