// Finds absolute paths of source files in a library: traces of the machine that built it.
import type { Binary } from './binary.ts';
import { withFile } from './byte-reader.ts';

const chunkBytes = 1024 * 1024;
const overlap = 512;
const mostBytes = 64 * 1024 * 1024;
const mostPaths = 1000;
const source =
  /(?:\/|[A-Za-z]:[\\/])(?:home|Users|root|tmp|build|builds|work|workspace|workspaces|opt|mnt|srv|var|data|src|a|github)[\\/][\w.+~@\\/ -]{1,240}?\.(?:cpp|cxx|cc|cu|cuh|c|hpp|hxx|hh|h|inl|rs|go)\b/g;
/** Paths that compilers and language runtimes put in themselves, the same on every machine. */
const ofRuntimes = /\/\.cargo\/registry\/|\/rustc\/|\/rustlib\/|\/go\/src\/runtime\//;

/** The paths, each once, in order; code, compressed sections and what lies behind the first 64 MB are left out. */
export function pathsInBinary(path: string, binary: Binary): string[] {
  const found = new Set<string>();
  withFile(path, (reader) => {
    let left = mostBytes;
    for (const { offset, bytes, isCode, isCompressed } of binary.sections) {
      if (isCode || isCompressed || offset + bytes > reader.size) continue;
      for (let at = 0; at < bytes && left > 0 && found.size < mostPaths; at += chunkBytes - overlap) {
        const length = Math.min(chunkBytes, bytes - at);
        left -= length;
        const text = reader.bytes(offset + at, length, 'section').toString('latin1');
        for (const [match] of text.matchAll(source)) if (!ofRuntimes.test(match)) found.add(match);
      }
    }
  });
  return [...found].sort();
}
