// Puts the process under a locale that writes numbers with a comma, as on every German or French PC.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlatformCannot } from '../platform-cannot.ts';
import type { Pointer } from '../raw-plugin.ts';
import { memcpy, systemFunction, systemFunctions } from './c-functions.ts';
import { readText, textBytes } from './native-text.ts';

const germany = 'de_DE.UTF-8';
const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [germany, 'de_DE.utf8', 'fr_FR.UTF-8'],
  darwin: [germany, 'fr_FR.UTF-8'],
  win32: ['German_Germany', 'de-DE'],
};

/**
 * LC_NUMERIC of de_DE.UTF-8 as glibc loads it: magic number, count of items, their offsets, then decimal point, thousands
 * separator, grouping, both separators as code points, codeset. Minimal systems have no locale and no localedef, and this
 * one category is all that reading and printing numbers depends on.
 */
const glibcNumeric = Buffer.from(
  ['14110320', '06000000', '20000000', '22000000', '24000000', '28000000', '2c000000', '30000000', '2c002e00', '03030000'].join('') +
    ['2c000000', '2e000000', '5554462d3800'].join(''),
  'hex',
);

/** Runs the work under such a locale and puts the old one back. @throws PlatformCannot where there is none and none can be made. */
export function withCommaLocale<T>(work: () => T): T {
  const { all, numeric } = platform() === 'linux' ? { all: 6, numeric: 1 } : { all: 0, numeric: 4 };
  const setlocales = systemFunctions<(category: number, locale: Uint8Array | null) => Pointer | null>('setlocale', 'void *', [
    'int',
    'void *',
  ]);
  const localeconvs = systemFunctions<() => Pointer>('localeconv', 'void *', []);
  const before = setlocales.map((setlocale) => readText(setlocale(all, null) ?? 0n) ?? 'C');
  const isSet = (category: number, name: string) =>
    setlocales.every((setlocale) => setlocale(category, textBytes(name)) !== null) &&
    localeconvs.every((localeconv) => decimalPoint(localeconv()) === ',');
  try {
    const found = (installed[platform()] ?? []).some((name) => isSet(all, name));
    if (!found && !(platform() === 'linux' && withOwnLocale(() => isSet(numeric, germany))))
      throw new PlatformCannot('locale with a decimal comma');
    return work();
  } finally {
    for (const [index, setlocale] of setlocales.entries()) setlocale(all, textBytes(before[index] ?? 'C'));
  }
}

function decimalPoint(conventions: Pointer): string | undefined {
  const first = new BigUint64Array(1); // decimal_point is the first field of struct lconv
  memcpy(first, conventions, first.byteLength);
  return readText(first[0] as Pointer);
}

/** Runs `set` while the C library looks for locales in a folder that has this one. */
function withOwnLocale(set: () => boolean): boolean {
  const setenv = systemFunction<(name: Uint8Array, value: Uint8Array, replace: number) => number>('setenv', 'int', [
    'void *',
    'void *',
    'int',
  ]);
  const unsetenv = systemFunction<(name: Uint8Array) => number>('unsetenv', 'int', ['void *']);
  const getenv = systemFunction<(name: Uint8Array) => Pointer | null>('getenv', 'void *', ['void *']);
  const variable = textBytes('LOCPATH');
  const before = readText(getenv(variable) ?? 0n);
  const folder = mkdtempSync(join(tmpdir(), 'mvas-locale-'));
  mkdirSync(join(folder, germany));
  writeFileSync(join(folder, germany, 'LC_NUMERIC'), glibcNumeric);
  setenv(variable, textBytes(folder), 1);
  try {
    return set();
  } finally {
    if (before === undefined) unsetenv(variable);
    else setenv(variable, textBytes(before), 1);
    rmSync(folder, { recursive: true, force: true });
  }
}
