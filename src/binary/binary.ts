// What the kit knows about a native library without loading it.
import type { PlatformKey } from '../core/platform.ts';

/** A processor, as Node and the platform keys spell it where they know it. */
export type Machine = 'x64' | 'arm64' | 'x86' | 'arm' | 'riscv64' | 'other';

/** A symbol that the library offers to whoever loads it. */
export interface ExportedSymbol {
  readonly name: string;
  readonly kind: 'function' | 'data' | 'other';
  /** The whole process uses one copy of it, whoever defines it (STB_GNU_UNIQUE, a weak definition of Mach-O). */
  readonly isShared?: true;
}

/** A symbol that must be there in a certain version of a library. */
export interface RequiredVersion {
  readonly symbol: string;
  /** Such as `GLIBC_2.34`. */
  readonly version: string;
  /** Such as `libc.so.6`. */
  readonly library: string;
}

/** A part of the file by name. */
export interface BinarySection {
  readonly name: string;
  /** Place in the file, from its first byte. */
  readonly offset: number;
  readonly bytes: number;
  readonly isCode: boolean;
  readonly isCompressed: boolean;
}

/** How it withstands attacks; undefined where the format has no such thing. */
export interface Hardening {
  /** Stack and data of it are not executable. */
  readonly noExecute: boolean;
  /** Sections or segments that are writable and executable at once. */
  readonly writableCode: readonly string[];
  /** Functions watch their stack frame. */
  readonly stackProtector: boolean;
  /** ELF: tables of pointers become read-only after loading. */
  readonly relro?: boolean;
  /** ELF: all functions are bound while it is loaded. */
  readonly bindNow?: boolean;
  /** ELF: the loader must write into its code. */
  readonly textRelocations?: boolean;
  /** ELF and Mach-O: calls of the C library with checked sizes. */
  readonly fortified?: boolean;
  /** PE: it may be loaded at any address. */
  readonly anyAddress?: boolean;
  /** PE: calls through pointers are checked. */
  readonly controlFlowGuard?: boolean;
  /** Mach-O: it carries a signature, which arm64 needs to load it. */
  readonly signed?: boolean;
}

/** A native binary as its headers and tables describe it. */
export interface Binary {
  readonly format: 'elf' | 'pe' | 'macho';
  readonly machine: Machine;
  readonly bits: 32 | 64;
  readonly os: 'linux' | 'win32' | 'darwin' | 'other';
  readonly type: 'library' | 'executable' | 'object' | 'other';
  /** Platform keys it can serve: none for a foreign machine, two for a universal Mach-O. */
  readonly platforms: readonly PlatformKey[];
  /** Bytes of the file, of a universal one those of the part that was read. */
  readonly size: number;
  /** Defined, visible dynamic symbols. */
  readonly exports: readonly ExportedSymbol[];
  /** Names it takes from other libraries. */
  readonly imports: readonly string[];
  /** ELF: the versions of those names, where they have one. */
  readonly versions: readonly RequiredVersion[];
  /** Its own exports that it reaches by a table in which another library's symbol of that name may come first. */
  readonly preemptible: readonly string[];
  /** Libraries that the loader must find, as the file names them. */
  readonly needed: readonly string[];
  /** Libraries it loads without at first: delay-loaded DLLs, weak dylibs. */
  readonly optional: readonly string[];
  /** Folders in which the loader looks first (RUNPATH, RPATH, LC_RPATH). */
  readonly runpath: readonly string[];
  readonly hardening: Hardening;
  /** What tells this build from others, in hexadecimal: GNU build-id, LC_UUID, CodeView GUID. */
  readonly buildId: string | undefined;
  /** The oldest system that it says it runs on: of macOS, or of Windows' subsystem. */
  readonly minimumSystem: string | undefined;
  /** Empty where they were stripped. */
  readonly sections: readonly BinarySection[];
}
