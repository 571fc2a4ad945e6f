// Takes folders out of texts that go into a report: they may name users, and a report travels with its package.
import { tmpdir } from 'node:os';
import { sep } from 'node:path';

/** The same value with every text below `root` made relative to it, and the temporary folder called by a word; `place` is how other processes spell a path. */
export function withoutPlaces<T>(value: T, root: string, place: (path: string) => string = (path) => path): T {
  const own: [string, string][] = [
    [`${root}${sep}`, ''],
    [tmpdir(), '<temp>'],
  ];
  const places = [...own.map(([path, word]): [string, string] => [place(path), word]), ...own];
  const text = places.reduce((json, [path, word]) => {
    const quoted = JSON.stringify(path).slice(1, -1);
    return json.replaceAll(JSON.stringify(quoted).slice(1, -1), word).replaceAll(quoted, word);
  }, JSON.stringify(value));
  return JSON.parse(text) as T;
}
