// What the kit knows about a native library without loading it.
import type { PlatformKey } from '../core/platform.ts';

/** A processor, as Node and the platform keys spell it where they know it. */
export type Machine = 'x64' | 'arm64' | 'x86' | 'arm' | 'riscv64' | 'other';

/** A symbol that the library offers to whoever loads it. */
export interface ExportedSymbol {
  readonly name: string;
  readonly kind: 'function' | 'data' | 'other';
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
  /** Defined, visible dynamic symbols. */
  readonly exports: readonly ExportedSymbol[];
  /** Names it takes from other libraries. */
  readonly imports: readonly string[];
  /** Libraries that the loader must find, as the file names them. */
  readonly needed: readonly string[];
  /** Folders in which the loader looks first (RUNPATH, RPATH, LC_RPATH). */
  readonly runpath: readonly string[];
}
