// Finds which new file of a template is an old one under another name.
import type { RenderedFile } from './decide-file.ts';
import { textOf } from './merge-text.ts';

/** Share of common lines from which two texts count as one file that was renamed. */
const similar = 0.6;

/** New path by old path: files that only the old version has, paired with files that only the new one has. */
export function findRenames(base: readonly RenderedFile[], next: readonly RenderedFile[]): Map<string, string> {
  const [before, now] = [new Set(base.map(({ path }) => path)), new Set(next.map(({ path }) => path))];
  const gone = base.filter(({ path }) => !now.has(path));
  const added = new Set(next.filter(({ path }) => !before.has(path)));
  const renames = new Map<string, string>();
  for (const least of [1, similar]) {
    for (const file of gone.filter(({ path }) => !renames.has(path))) {
      const [best] = [...added].map((to) => ({ to, share: shareOf(file, to) })).sort((a, b) => b.share - a.share);
      if (best === undefined || best.share < least) continue;
      renames.set(file.path, best.to.path);
      added.delete(best.to);
    }
  }
  return renames;
}

/** Lines that both have, of all that either has, 0 to 1; 1 only for equal content. */
function shareOf(one: RenderedFile, other: RenderedFile): number {
  if (one.sha256 === other.sha256) return 1;
  const [a, b] = [linesOf(one), linesOf(other)];
  if (a === undefined || b === undefined) return 0;
  const common = [...a].filter((line) => b.has(line)).length;
  return Math.min(common / Math.max(1, a.size + b.size - common), 0.99);
}

function linesOf({ data }: RenderedFile): Set<string> | undefined {
  const text = data && textOf(data);
  return text === undefined ? undefined : new Set(text.split(/\r?\n/).filter((line) => line.trim() !== ''));
}
