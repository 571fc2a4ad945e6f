// Parsers for flag values: a wrong one is named with its flag and what it takes.
import { InvalidArgumentError } from '@commander-js/extra-typings';
import { isPlatformKey, type PlatformKey, platformKeys } from '../core/platform.ts';

/** A parser for whole numbers of at least `least`. */
export function wholeNumber(least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`it takes a whole number of at least ${least}`);
  };
}

/** Parses a number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('it takes a number above 0');
}

/** Parses a platform key such as `linux-x64`. */
export function platformKey(text: string): PlatformKey {
  if (isPlatformKey(text)) return text;
  throw new InvalidArgumentError(`it takes one of ${platformKeys.join(', ')}`);
}

/** Parses the name of a page. */
export function htmlFile(text: string): string {
  if (/\.html?$/i.test(text)) return text;
  throw new InvalidArgumentError('it takes a file that ends in .html');
}

/** Collects the values of a flag that may be repeated. */
export function collect(text: string, former: readonly string[] = []): readonly string[] {
  return [...former, text];
}

/** Collects `key=value` pairs of a flag that may be repeated; values stay as they were written. */
export function keyValue(text: string, former: Readonly<Record<string, string>> = {}): Record<string, string> {
  const split = text.indexOf('=');
  if (split < 1) throw new InvalidArgumentError('it takes key=value');
  return { ...former, [text.slice(0, split)]: text.slice(split + 1) };
}

/** Collects platform keys of a flag that may be repeated, or take several joined by commas. */
export function platformKeyList(text: string, former: readonly PlatformKey[] = []): PlatformKey[] {
  return [...new Set([...former, ...text.split(',').map(platformKey)])];
}

/** The same, or the word `all` alone. */
export function platformsOrAll(text: string, former?: 'all' | readonly PlatformKey[]): 'all' | PlatformKey[] {
  if (text === 'all') return text;
  return platformKeyList(text, former === 'all' ? [] : former);
}

/** Parses an ISO 8601 date, or date and time. */
export function isoTime(text: string): Date {
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\d(T.+)?$/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError('it takes a time such as 2031-05-01 or 2031-05-01T12:00:00Z');
}
