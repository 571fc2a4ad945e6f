// Pages with rights of their own: guarded memory, where one byte too far is a crash at that very byte, and machine code.
import { platform } from 'node:os';
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import { memcpy, systemFunction } from './c-functions.ts';
import { loadLibrary } from './load-library.ts';

type Rights = 'none' | 'read' | 'execute';

/** Pages of this process, with the rights each may be given. */
interface Pages {
  readonly size: number;
  allocate(bytes: number): Pointer;
  setRights(at: Pointer, bytes: number, rights: Rights): void;
  release(at: Pointer, bytes: number): void;
}

/** Guarded memory; `start` is where the usable bytes begin. */
export interface GuardedPages {
  readonly start: Pointer;
  protect(): void;
  release(): void;
}

let pages: Pages | undefined;

/** Zeroed bytes that end at the upper guard page ('end') or begin at the lower one ('start'). */
export function guardedPages(length: number, side: 'end' | 'start'): GuardedPages {
  const owner = ownPages();
  const { size } = owner;
  const inner = Math.max(1, Math.ceil(length / size)) * size;
  const base = owner.allocate(inner + 2 * size);
  const first = base + BigInt(size);
  owner.setRights(base, size, 'none');
  owner.setRights(first + BigInt(inner), size, 'none');
  return {
    start: side === 'start' ? first : first + BigInt(inner - length),
    protect: () => owner.setRights(first, inner, 'read'),
    release: () => owner.release(base, inner + 2 * size),
  };
}

/** Address of a copy of machine code that can be run and no longer written; it stays as long as the process. */
export function executablePages(code: Uint8Array): Pointer {
  const owner = ownPages();
  const bytes = Math.ceil(code.length / owner.size) * owner.size;
  const at = owner.allocate(bytes);
  memcpy(at, code, code.length);
  owner.setRights(at, bytes, 'execute');
  return at;
}

function ownPages(): Pages {
  pages ??= platform() === 'win32' ? windowsPages() : posixPages();
  return pages;
}

const failed = 0xffff_ffff_ffff_ffffn;

function posixPages(): Pages {
  type Map = (at: PointerLike, bytes: number, rights: number, flags: number, file: number, offset: number) => Pointer | null;
  const mmap = systemFunction<Map>('mmap', 'void *', ['void *', 'size_t', 'int', 'int', 'int', 'int64_t']);
  const mprotect = systemFunction<(at: Pointer, bytes: number, rights: number) => number>('mprotect', 'int', ['void *', 'size_t', 'int']);
  const munmap = systemFunction<(at: Pointer, bytes: number) => number>('munmap', 'int', ['void *', 'size_t']);
  const getpagesize = systemFunction<() => number>('getpagesize', 'int', []);
  const privateAnonymous = platform() === 'darwin' ? 0x1002 : 0x22;
  const protection = { none: 0, read: 1, execute: 5 } as const;
  return {
    size: getpagesize(),
    allocate(bytes) {
      const at = mmap(null, bytes, 3, privateAnonymous, -1, 0);
      if (at === null || at === failed) throw new Error(`${bytes} bytes cannot be mapped`);
      return at;
    },
    setRights(at, bytes, rights) {
      if (mprotect(at, bytes, protection[rights]) !== 0) throw new Error('the rights of pages cannot be set');
    },
    release: (at, bytes) => void munmap(at, bytes),
  };
}

function windowsPages(): Pages {
  const kernel = loadLibrary('kernel32.dll');
  const virtualAlloc = kernel.func('VirtualAlloc', 'void *', ['void *', 'size_t', 'uint32_t', 'uint32_t']);
  const virtualProtect = kernel.func('VirtualProtect', 'int', ['void *', 'size_t', 'uint32_t', 'void *']);
  const virtualFree = kernel.func('VirtualFree', 'int', ['void *', 'size_t', 'uint32_t']);
  const [commitAndReserve, releaseAll, readWrite] = [0x3000, 0x8000, 4];
  const protection = { none: 1, read: 2, execute: 0x20 } as const;
  return {
    size: 4096,
    allocate(bytes) {
      const at = virtualAlloc(null, bytes, commitAndReserve, readWrite) as Pointer | null;
      if (at === null) throw new Error(`${bytes} bytes cannot be allocated`);
      return at;
    },
    setRights(at, bytes, rights) {
      if (virtualProtect(at, bytes, protection[rights], new Uint8Array(4)) === 0) throw new Error('the rights of pages cannot be set');
    },
    release: (at) => void virtualFree(at, 0, releaseAll),
  };
}
