// Which checks a run makes, and why it does not make the others.

import { closest } from '../core/closest.ts';
import { KitError } from '../core/kit-error.ts';
import { leftOutBy } from '../core/left-out.ts';
import type { Check } from './check.ts';

/** The filters of a run. */
interface Filters {
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly inProcess?: boolean | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

interface Choice {
  readonly checks: readonly Check[];
  readonly notChecked: readonly { id: string; reason: string }[];
}

/**
 * Applies `--only`, `--skip` and `--in-process`; a group's name stands for all its checks.
 *
 * @throws {@link KitError} `FLAG_INVALID` with the nearest id; `NOTHING_TESTED` when nothing is left.
 */
export function chooseChecks(all: readonly Check[], { only, skip = [], inProcess = false, env }: Filters): Choice {
  for (const [flag, names] of [
    ['--only', only ?? []],
    ['--skip', skip],
  ] as const)
    for (const name of names) checksNamed(all, flag, name);
  const reasons = all.map((check) => {
    if (check.isolation === 'long' && !only?.includes(check.id)) return `takes as long as one likes: --only ${check.id} --for 10m`;
    if (only !== undefined && !matches(only, check.id)) return leftOutBy('--only');
    if (matches(skip, check.id)) return leftOutBy('--skip');
    if (inProcess && needsOwnProcess(check)) return 'needs a process of its own, --in-process has none';
    return env === undefined && needsVariables(check) ? 'adds variables to an environment that the caller did not give' : undefined;
  });
  const checks = all.filter((_, index) => reasons[index] === undefined);
  const notChecked = all.flatMap(({ id }, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [{ id, reason }];
  });
  if (checks.length > 0) return { checks, notChecked };
  throw new KitError('NOTHING_TESTED', 'no check is left to make', { hint: 'loosen --only and --skip' });
}

/** Whether a check cannot be made in the process that asks for it. */
export function needsOwnProcess(check: Check): boolean {
  if (['fresh', 'repeated', 'references'].includes(check.isolation) || needsVariables(check)) return true;
  return 'measures' in check && check.measures === 'process';
}

function needsVariables(check: Check): boolean {
  if (check.isolation === 'static' || check.isolation === 'references') return false;
  return check.isolation === 'repeated' ? check.variants.some(({ env }) => env !== undefined) : check.env !== undefined;
}

/**
 * The checks that an id or a group's name stands for.
 *
 * @throws {@link KitError} `FLAG_INVALID` with the nearest id.
 */
export function checksNamed(all: readonly Check[], flag: string, name: string): Check[] {
  const found = all.filter(({ id }) => matches([name], id));
  if (found.length > 0) return found;
  const meant = closest(name, [...new Set(all.flatMap(({ id }) => [id, id.slice(0, id.indexOf('/'))]))]);
  throw new KitError('FLAG_INVALID', `${flag} names no check: ${name}`, {
    hint: meant === undefined ? 'docs/conformance.md lists all checks' : `did you mean ${meant}?`,
  });
}

function matches(names: readonly string[], id: string): boolean {
  return names.some((name) => id === name || id.startsWith(`${name}/`));
}
