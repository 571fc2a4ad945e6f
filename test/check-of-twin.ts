// Which check a broken plugin must fail, by its name.
import type { Check } from '../src/conformance/check.ts';
import { checks } from '../src/conformance/checks/index.ts';

/** The check that a twin must fail: the longest id its path begins with. */
export function checkOfTwin(name: string): Check {
  const found = checks.filter(({ id }) => name.startsWith(id)).sort((a, b) => b.id.length - a.id.length)[0];
  if (found === undefined) throw new Error(`${name} is named after no check`);
  return found;
}
