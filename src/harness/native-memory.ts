// Memory that a job lends to a plugin and reads back from it.
import type { StructName } from './abi.ts';
import type { NativeStruct, Pointer } from './raw-plugin.ts';

/** Bytes of native memory that stay where they are until they are released. */
export interface NativeBlock {
  readonly address: Pointer;
  readonly length: number;
  write(bytes: Uint8Array, offset?: number): void;
  /** Makes its pages read-only; only guarded blocks can. */
  protect(): void;
  /** A second call does nothing. */
  release(): void;
}

/** What a job may do with memory; everything left is released with its process. */
export interface NativeMemory {
  /** Zeroed structs; `count` of them behind each other. */
  struct<S extends StructName>(name: S, count?: number): NativeStruct<S>;
  /** Zeroed bytes, aligned to 16. */
  allocate(length: number): NativeBlock;
  /**
   * Zeroed bytes whose last ('end') or first ('start') touches a page that may neither be read nor written.
   * Undefined where this platform has no such memory.
   */
  guarded(length: number, side: 'end' | 'start'): NativeBlock | undefined;
  /** A zeroed struct that ends at such a page. */
  guardedStruct<S extends StructName>(name: S): NativeStruct<S> | undefined;
  /** Lets the allocator give small blocks that were freed to somebody who writes into them and frees them again. */
  reuseFreed(): void;
  /** Whether an address lies on the stack that calls into a library use: what is there does not outlive its call. */
  isOnStack(address: Pointer): boolean;
  /** A NUL-terminated copy in UTF-8. */
  text(value: string): NativeBlock;
  /** A copy of plugin memory; a wrong pointer ends the process, the last call is then in phase 'reading'. */
  read(address: Pointer, length: number): Uint8Array;
  /** Bytes up to the first NUL, at most `limit`; undefined where there is none within it. */
  readText(address: Pointer, limit: number): Uint8Array | undefined;
  /** Bytes that can be read from an address on, by the system's own list; undefined where the platform has none. */
  extent(address: Pointer): number | undefined;
}
