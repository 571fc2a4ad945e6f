// Small faults put into a C source by rule, one at a time, as a slip of the hand would.

const swaps = [
  [/(?<![<>=!-])<(?![<=])/g, '<='],
  [/(?<![<>-])>(?![>=])/g, '>='],
  [/<=/g, '<'],
  [/(?<!>)>=/g, '>'],
  [/==/g, '!='],
  [/!=/g, '=='],
  [/&&/g, '||'],
  [/\|\|/g, '&&'],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* (?!=)/g, ' + '],
  [/ \/ /g, ' * '],
  [/ % /g, ' / '],
  [/\bMVAS_ERROR_(?!INFERENCE)\w+/g, 'MVAS_ERROR_INFERENCE_FAILED'],
  [/(?<=return )MVAS_OK(?=;)/g, 'MVAS_ERROR_UNKNOWN'],
  [/(?<![\w."%])(\d+)(?![\w.])/g, (number) => `${Number(number) + 1}`],
];

/**
 * Every source that differs from `source` by one fault, in the order of its lines: an operator swapped, a number one too large, another
 * error code, a statement left out.
 *
 * @returns {{ line: number, was: string, is: string, text: string }[]}
 */
export function sourceMutants(source) {
  const lines = source.split('\n');
  return lines.flatMap((line, index) =>
    mutantsOf(line).map((is) => ({ line: index + 1, was: line.trim(), is: is.trim(), text: lines.with(index, is).join('\n') })),
  );
}

function mutantsOf(line) {
  if (/^\s*(#|\/\/|static const|const )/.test(line) || line.trim() === '') return [];
  const swapped = swaps.flatMap(([pattern, to]) =>
    [...withoutText(line).matchAll(pattern)].map(({ index, 0: found }) => {
      const put = typeof to === 'function' ? to(found) : to;
      return line.slice(0, index) + put + line.slice(index + found.length);
    }),
  );
  const isStatement = /^\s+[^{}]*;\s*$/.test(line) && !/^\s+(?:static |struct )?\w+(?: \*?\w+(?: = [^;]*)?,?)+;/.test(line);
  return [...new Set([...swapped, ...(isStatement ? [''] : [])])].filter((is) => is !== line);
}

/** Texts in quotes and comments blanked out, at the same places. */
function withoutText(line) {
  return line.replace(/"(?:[^"\\]|\\.)*"|'.'|\/\/.*$/g, (text) => ' '.repeat(text.length));
}
