// Parses durations such as 50ms, 2.5s, 10m, 1h.
import { InvalidArgumentError } from '@commander-js/extra-typings';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** A parser that gives milliseconds; a bare number is taken in `unit`. */
export function duration(unit: 'ms' | 's'): (text: string) => number {
  return (text) => {
    const [, number = '', named = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text.trim().toLowerCase()) ?? [];
    const key = named === '' ? unit : named;
    const ms = Number(number) * (Object.hasOwn(units, key) ? (units[key] ?? 0) : 0);
    if (number !== '' && ms > 0 && Number.isFinite(ms)) return ms;
    throw new InvalidArgumentError(
      `it takes a duration above 0 such as 50ms, 2.5s or 10m; a bare number is ${unit === 's' ? 'seconds' : 'milliseconds'}`,
    );
  };
}
