// Known problems of a plugin, each with its reason: they do not fail it, until they are gone or their date has passed.

import { readJsonFile } from '../core/json-file.ts';
import { KitError } from '../core/kit-error.ts';

/** One known problem. */
export interface BaselineEntry {
  /** The check. */
  readonly id: string;
  /** A part of the finding's message. */
  readonly match: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** Last day on which it is, YYYY-MM-DD. */
  readonly expires?: string;
}

const day = /^\d{4}-\d\d-\d\d$/;
const known = ['id', 'match', 'reason', 'expires'];

/**
 * Reads a baseline: a JSON array of entries.
 *
 * @throws {@link KitError} `FILE_NOT_FOUND`, `FILE_INVALID` naming every bad entry and field.
 */
export async function readBaseline(path: string, ids: ReadonlySet<string>): Promise<BaselineEntry[]> {
  const value = await readJsonFile(path);
  const faults = Array.isArray(value)
    ? value.flatMap((entry, index) => faultsOf(entry, ids).map((fault) => `[${index}] ${fault}`))
    : ['it is no array'];
  if (faults.length > 0)
    throw new KitError('FILE_INVALID', `${path} is no baseline: ${faults.join('; ')}`, {
      hint: 'an entry is {"id", "match", "reason", "expires"?}',
    });
  return value as BaselineEntry[];
}

function faultsOf(entry: unknown, ids: ReadonlySet<string>): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return ['is no object'];
  const fields = entry as Readonly<Record<string, unknown>>;
  const faults = known
    .slice(0, 3)
    .filter((name) => typeof fields[name] !== 'string' || `${fields[name]}`.trim() === '')
    .map((name) => `needs a text as ${name}`);
  if (typeof fields['id'] === 'string' && !ids.has(fields['id'])) faults.push(`names no check: ${fields['id']}`);
  const { expires } = fields;
  if (expires !== undefined && !(typeof expires === 'string' && day.test(expires) && !Number.isNaN(Date.parse(expires))))
    faults.push('needs a date YYYY-MM-DD as expires');
  return [
    ...faults,
    ...Object.keys(fields)
      .filter((name) => !known.includes(name))
      .map((name) => `has an unknown field ${name}`),
  ];
}

/** Whether an entry no longer counts on a day. */
export function isExpired(entry: BaselineEntry, today: string): boolean {
  return entry.expires !== undefined && entry.expires < today;
}
