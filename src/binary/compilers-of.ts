// Which compilers a library says it was made with.
import type { Binary } from './binary.ts';
import { withFile } from './byte-reader.ts';

const mostBytes = 4096;

/** The texts that compilers leave in an ELF file's .comment section, each once; empty for other formats, and where they were stripped. */
export function compilersOf(path: string, { format, sections }: Pick<Binary, 'format' | 'sections'>): string[] {
  const section = sections.find(({ name }) => name === '.comment');
  if (format !== 'elf' || section === undefined || section.bytes > mostBytes) return [];
  const texts = withFile(path, (reader) => reader.bytes(section.offset, section.bytes, '.comment'))
    .toString('latin1')
    .split('\0');
  return [...new Set(texts.filter((text) => /^[\x20-\x7e]+$/.test(text)))].sort();
}
