// Finds the first error in what compilers, linkers and CMake print, so that nobody has to search 500 lines.
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** An error of a build tool. */
export interface BuildError {
  readonly message: string;
  /** Absolute path of the source file. */
  readonly file?: string;
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

const atPlace = [
  /^(?<file>.+?):(?<line>\d+):(?<column>\d+): (?:fatal )?error: (?<message>.+)$/, // gcc, clang
  /^\s*(?<file>.+?)\((?<line>\d+)(?:,(?<column>\d+))?\) ?: (?:fatal )?error (?<message>C\d+: .+?)(?: \[.+\])?$/, // cl
];
const anywhere = [
  /(?:^|: )(?<message>undefined reference to .+)$/, // ld
  /^(?:.+ld(?:\.lld)?: )?error: (?<message>undefined symbol: .+)$/, // lld
  /(?<message>cannot find -l\S+.*)$/,
  /(?:fatal )?error (?<message>LNK\d+: .+?)(?: \[.+\])?$/, // link
  /^(?<message>Undefined symbols? for architecture .+)$/, // ld64; the next line has the name
  /^(?:[\w+]+-)*(?:g\+\+|gcc|clang\+\+|clang|cc1plus|cc1|c\+\+|cc): (?:fatal )?error: (?<message>.+)$/, // the driver itself: flags, memory
];
const ofRust = /^error(?:\[E\d+\])?: (?<message>.+)$/;
const rustPlace = /^\s*--> (?<file>.+?):(?<line>\d+):(?<column>\d+)$/;
const ofCMake = /^CMake Error(?: at (?<file>.+?):(?<line>\d+)(?: \(.+\))?)?:(?<message>.*)$/;

/** The first error in the lines of a build of the sources in `root`, or undefined when none is recognised. */
export function firstError(lines: readonly string[], root: string): BuildError | undefined {
  for (const [index, text] of lines.entries()) {
    const cmake = ofCMake.exec(text)?.groups;
    if (cmake !== undefined) return located({ ...cmake, message: cmakeMessage(cmake['message'] ?? '', lines.slice(index + 1)) }, root);
    const rust = ofRust.exec(text)?.groups;
    if (rust !== undefined) return located({ ...rust, ...rustPlace.exec(lines[index + 1] ?? '')?.groups }, root);
    for (const pattern of [...atPlace, ...anywhere]) {
      const groups = pattern.exec(text)?.groups;
      if (groups !== undefined) return located(withNext(groups, lines[index + 1]), root);
    }
  }
  return undefined;
}

/** Says an error as `src/plugin.cpp:12:5: message`, then its source line with a caret when `source` is the text of the file. */
export function describeError({ file, line, column, message }: BuildError, root: string, source?: string): string {
  if (file === undefined) return message;
  const inside = relative(root, file);
  const shown = inside.startsWith('..') || isAbsolute(inside) ? file : inside.split(sep).join('/');
  const place = [shown, line, column].filter((part) => part !== undefined).join(':');
  const code = line === undefined ? undefined : source?.split(/\r?\n/)[line - 1];
  if (code === undefined) return `${place}: ${message}`;
  const gutter = String(line).length;
  const caret = column === undefined ? '' : `\n  ${' '.repeat(gutter)} | ${code.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`;
  return `${place}: ${message}\n  ${line} | ${code}${caret}`;
}

type Groups = { readonly [name: string]: string | undefined };

function located({ file, line, column, message = '' }: Groups, root: string): BuildError {
  return {
    message,
    ...(file === undefined ? {} : { file: resolve(root, file) }),
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}

function withNext(groups: Groups, next: string | undefined): Groups {
  const { message } = groups;
  return message?.startsWith('Undefined symbol') && next !== undefined ? { ...groups, message: `${message} ${next.trim()}` } : groups;
}

/** CMake puts the text into the indented lines below, up to the first empty one. */
function cmakeMessage(sameLine: string, below: readonly string[]): string {
  const text = sameLine.trim() === '' ? [] : [sameLine.trim()];
  for (const line of below) {
    if (!line.startsWith('  ')) break;
    text.push(line.trim());
  }
  return text.join(' ');
}
