// The shared file as the child sees it: mapped, or read and written where mapping is not at hand.
import { writeSync } from 'node:fs';
import { platform } from 'node:os';
import { view } from 'koffi';
import { systemFunction } from '../native/c-functions.ts';
import type { Pointer, PointerLike } from '../raw-plugin.ts';
import type { Span } from './messages.ts';
import { journalBytes, readAll } from './shared-file.ts';

type Mmap = (at: PointerLike, length: number, protection: number, flags: number, descriptor: number, offset: number) => Pointer;

const readWrite = 3;
const shared = 1;
const failed = 0xffff_ffff_ffff_ffffn;
const smallest = 1 << 24;

/** The child's view of the shared file. */
export interface FrameWindow {
  /** The bytes of a frame; they stay as they are until the parent writes the next ones. */
  frame(span: Span): Uint8Array;
  /** Puts an entry where the parent finds it, however this process ends. */
  writeJournal(entry: Uint8Array): void;
}

/** Opens the window of this platform. */
export function openFrameWindow(descriptor: number): FrameWindow {
  return platform() === 'win32' ? readingWindow(descriptor) : mappedWindow(descriptor);
}

/**
 * Maps the file from its start. What lies beyond its end is mapped too and never touched; a larger mapping replaces one
 * that has become too small, which stays, because views of it may live.
 */
function mappedWindow(descriptor: number): FrameWindow {
  const mmap = systemFunction<Mmap>('mmap', 'void *', ['void *', 'size_t', 'int', 'int', 'int', 'int64_t']);
  let mapped = new Uint8Array(0);
  const frame = ({ position, length }: Span): Uint8Array => {
    if (position + length > mapped.length) {
      const size = 2 ** Math.ceil(Math.log2(Math.max(smallest, position + length)));
      const address = mmap(null, size, readWrite, shared, descriptor, 0);
      if (address === failed || address === null) throw new Error(`${size} bytes of the shared file cannot be mapped`);
      mapped = new Uint8Array(view(address, size));
    }
    return mapped.subarray(position, position + length);
  };
  const journal = frame({ position: 0, length: journalBytes }); // the page exists: the parent has written it
  return { frame, writeJournal: (entry) => journal.set(entry) };
}

function readingWindow(descriptor: number): FrameWindow {
  return {
    frame({ position, length }) {
      const bytes = new Uint8Array(length);
      readAll(descriptor, bytes, position);
      return bytes;
    },
    writeJournal: (entry) => void writeSync(descriptor, entry, 0, entry.length, 0),
  };
}
