// Tells a stack by the modules that a bundle was made of, whose lines people read.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The text with every position in the bundle replaced by the one in its module; `<bundle>.map` lies beside it. */
export function inModules(text: string, bundle: URL): string {
  const path = fileURLToPath(bundle);
  if (!text.includes(path)) return text;
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const [before = '', ...positions] = text.split(path);
  return before + positions.map((rest) => positionIn(map, bundle, rest) ?? path + rest).join('');
}

/** `rest` begins with `:line:column`, counted from 1. */
function positionIn(map: SourceMap, bundle: URL, rest: string): string | undefined {
  const [written = '', line, column] = /^:(\d+):(\d+)/.exec(rest) ?? [];
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  if (!('originalSource' in entry)) return undefined;
  const source = fileURLToPath(new URL(entry.originalSource, bundle));
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${rest.slice(written.length)}`;
}
