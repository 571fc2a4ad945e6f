// Takes folders out of texts that go into a report: they may name users, and a report travels with its package.
import { tmpdir } from 'node:os';
import { sep } from 'node:path';

/** The same value with every text below `root` made relative to it, and the temporary folder called by a word. */
export function withoutPlaces<T>(value: T, root: string): T {
  const places: [string, string][] = [
    [JSON.stringify(`${root}${sep}`).slice(1, -1), ''],
    [JSON.stringify(tmpdir()).slice(1, -1), '<temp>'],
  ];
  const text = places.reduce(
    (json, [place, word]) => json.replaceAll(JSON.stringify(place).slice(1, -1), word).replaceAll(place, word),
    JSON.stringify(value),
  );
  return JSON.parse(text) as T;
}
