// `mvas conform --explain <id>`: what a check or a group of checks demands, without running anything.
import { checks } from '../conformance/checks/index.ts';
import { checksNamed } from '../conformance/choose-checks.ts';
import { byHand, examples } from '../conformance/guidance.ts';
import type { Io } from '../core/io.ts';
import { explanationLines, groupLines } from './render/explanation.ts';

/**
 * Prints the explanation; as JSON an array of checks.
 *
 * @throws {@link KitError} `FLAG_INVALID` with the nearest id.
 */
export function explainChecks(name: string, json: boolean, io: Io): void {
  const found = checksNamed(checks, '--explain', name);
  const [only] = found;
  if (json) io.print(JSON.stringify(found.map(factsOf), null, 2));
  else for (const line of only?.id === name ? explanationLines(only, io) : groupLines(found, io)) io.print(line);
}

function factsOf({ id, title, why, fix, spec, blind, severity, since, isolation, ...rest }: (typeof checks)[number]): object {
  const needs = 'needs' in rest ? rest.needs : [];
  return { id, title, why, fix, rule: `docs/${spec}`, blind, severity, since, isolation, needs, example: examples[id], byHand: byHand[id] };
}
