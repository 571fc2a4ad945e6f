// Says in one line what breaks a schema, of files that nobody edits by hand.
import { firstFew } from '../core/first-few.ts';
import type { SchemaProblem } from './compile-schema.ts';

/** The first few rules that are broken, each with its pointer; undefined when none is. */
export function brokenRules(problems: readonly SchemaProblem[]): string | undefined {
  if (problems.length === 0) return undefined;
  const texts = problems.map(({ pointer, rule }) => `${pointer || '/'} ${rule}`);
  return firstFew(texts, '; ');
}
