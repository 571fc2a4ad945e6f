// What a dead process wrote, short enough for a message: its beginning names the fault, its end the last that happened.

const [headLines, tailLines, lineLength] = [5, 3, 200];

/** Where the report of a sanitizer begins: what a plugin wrote before it is not what people look for. */
const report = /^.*(?:\b\w+Sanitizer: | runtime error: )/m;

/** "; it wrote: …" with the first and the last lines of a text, or of the sanitizer's report in it; '' where nothing was written. */
export function itWrote(stderr: string, separator = '\n'): string {
  const lines = stderr
    .slice(Math.max(0, stderr.search(report)))
    .trim()
    .split('\n');
  if (lines[0] === '') return '';
  const surplus = lines.length - headLines - tailLines;
  const kept = surplus <= 1 ? lines : [...lines.slice(0, headLines), `… ${surplus} lines left out …`, ...lines.slice(-tailLines)];
  return `; it wrote: ${kept.map(shorten).join(separator)}`;
}

function shorten(line: string): string {
  const text = line.trimEnd();
  return text.length <= lineLength ? text : `${text.slice(0, lineLength)}…`;
}
