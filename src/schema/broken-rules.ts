// Says what breaks a schema: each rule of a file that people write, in one line the first few of one that nobody edits by hand.
import { firstFew } from '../core/first-few.ts';
import type { SchemaProblem } from './compile-schema.ts';

/** A broken rule with its pointer, and what was probably meant. */
export function ruleText({ pointer, rule, suggestion }: Pick<SchemaProblem, 'pointer' | 'rule' | 'suggestion'>): string {
  return `${pointer || '/'} ${rule}${suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`}`;
}

/** The first few rules that are broken, each with its pointer; undefined when none is. */
export function brokenRules(problems: readonly SchemaProblem[]): string | undefined {
  if (problems.length === 0) return undefined;
  const texts = problems.map(({ pointer, rule }) => ruleText({ pointer, rule }));
  return firstFew(texts, '; ');
}
