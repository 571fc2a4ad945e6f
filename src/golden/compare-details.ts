// Compares details_json with its reference: deeply, numbers within tolerance, some places left out.
import type { GoldenLine } from './golden-line.ts';
import type { Limits } from './tolerance.ts';

const namedDifferences = 5;

/** Compares the plugin's details text with a JSON value; null means that there are none. `ignore` lists JSON pointers; what lies below them is left out too. */
export function compareDetails(
  expected: unknown,
  actual: string | undefined,
  limits: Limits<'details'>,
  ignore: readonly string[],
): GoldenLine {
  const found = parse(actual);
  const differences = found.ok ? differencesOf(expected, found.value, '', limits, ignore) : ['the text is not valid JSON'];
  const more = differences.length > namedDifferences ? `, and ${differences.length - namedDifferences} more` : '';
  return {
    output: 'details',
    rule: 'places that differ:',
    value: differences.length,
    limit: 0,
    limitFrom: 'default',
    ok: differences.length === 0,
    ...(differences.length === 0 ? {} : { note: differences.slice(0, namedDifferences).join(', ') + more }),
  };
}

function parse(text: string | undefined): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: text === undefined ? null : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function differencesOf(
  expected: unknown,
  actual: unknown,
  pointer: string,
  limits: Limits<'details'>,
  ignore: readonly string[],
): string[] {
  if (ignore.includes(pointer)) return [];
  if (typeof expected === 'number' && typeof actual === 'number') {
    const within = Math.abs(actual - expected) <= limits.abs.value + limits.rel.value * Math.abs(expected);
    return within ? [] : [difference(pointer, actual, expected)];
  }
  if (!isTree(expected) || !isTree(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return expected === actual ? [] : [difference(pointer, actual, expected)];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].sort().flatMap((key) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return differencesOf(expected[key], actual[key], place, limits, ignore);
  });
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function difference(pointer: string, actual: unknown, expected: unknown): string {
  return `${pointer === '' ? '/' : pointer} is ${inShort(actual)}, expected ${inShort(expected)}`;
}

function inShort(value: unknown): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
