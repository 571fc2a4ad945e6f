// Merges two edits of one text line by line; where both changed the same lines, both are shown between markers.
import { diff3Merge } from 'node-diff3';

/** A merged text. */
export interface MergedText {
  readonly text: string;
  /** Places where both sides changed the same lines. */
  readonly conflicts: number;
}

const [yours, middle, theirs] = ['<<<<<<< yours', '=======', '>>>>>>> '];

/**
 * Merges what the user and the template made of `base`. The result has the line ends of the user's text.
 *
 * @param label names the template's side in the markers.
 */
export function mergeText(mine: string, base: string, next: string, label: string): MergedText {
  const lineEnd = endsLinesByCrlf(mine) ? '\r\n' : '\n';
  const lines = (text: string) => (lineEnd === '\r\n' ? text.replaceAll('\r\n', '\n') : text).split('\n');
  const regions = diff3Merge(lines(mine), lines(base), lines(next), { excludeFalseConflicts: true });
  const merged: string[] = [];
  let conflicts = 0;
  for (const { ok, conflict } of regions) {
    merged.push(...(ok ?? []));
    if (conflict === undefined) continue;
    conflicts += 1;
    merged.push(yours, ...conflict.a, middle, ...conflict.b, `${theirs}${label}`);
  }
  return { text: merged.join(lineEnd), conflicts };
}

/** Whether the markers of a conflict are in a text: nobody has decided yet. */
export function hasMarkers(text: string): boolean {
  const lines = text.split(/\r?\n/);
  return lines.includes(yours) && lines.some((line) => line.startsWith(theirs));
}

/** Whether every line of a text ends as on Windows; then the template's lines do so too. */
export function endsLinesByCrlf(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

/** The text of bytes, or undefined where they are no text that may be merged by lines. */
export function textOf(data: Uint8Array): string | undefined {
  if (data.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}
