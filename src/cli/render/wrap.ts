// Breaks text into lines that fit a terminal.

/**
 * Lines of at most `width` characters, broken at spaces; the first begins with `first`, the others with as many spaces. A word that is
 * longer than a line is never cut: paths and commands stay whole. Without a width nothing is broken.
 */
export function wrapText(text: string, first: string, width: number | undefined, firstWidth = first.length): string[] {
  const room = Math.max(24, (width ?? Number.POSITIVE_INFINITY) - firstWidth);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(firstWidth)) + line);
}
