// Patterns such as `photos/**/*.png`, for shells that do not expand them.
import { sep } from 'node:path';

/** Where to look, and what a path relative to it, with `/`, must look like. */
export interface ImageGlob {
  readonly folder: string;
  readonly matches: RegExp;
}

/** Reads `*`, `?`, `**`, `[…]` and `{a,b}`; undefined for a text without any of them. */
export function parseImageGlob(text: string): ImageGlob | undefined {
  const segments = (sep === '\\' ? text.replaceAll('\\', '/') : text).split('/');
  const first = segments.findIndex((segment) => /[*?[{]/.test(segment));
  if (first < 0) return undefined;
  const folder = segments.slice(0, first).join('/');
  const source = segments.slice(first).map((segment, index, all) => segmentSource(segment, index === all.length - 1));
  try {
    return { folder: folder === '' && first > 0 ? '/' : folder || '.', matches: new RegExp(`^${source.join('')}$`, 'u') };
  } catch {
    return undefined; // a range such as [z-a] matches nothing: the text is no pattern
  }
}

function segmentSource(segment: string, last: boolean): string {
  if (segment === '**') return last ? '.*' : '(?:[^/]+/)*';
  const tokens = segment.match(/\[!?[^\]]+\]|\{[^}]*\}|[\s\S]/gu) ?? [];
  return tokens.map(tokenSource).join('') + (last ? '' : '/');
}

function tokenSource(token: string): string {
  if (token === '*') return '[^/]*';
  if (token === '?') return '[^/]';
  if (token.length > 2 && token.startsWith('['))
    return `[${token
      .slice(1, -1)
      .replace(/^!/, '^')
      .replace(/[\\\]]/g, '\\$&')}]`;
  if (token.length > 1 && token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').map(literal).join('|')})`;
  return literal(token);
}

function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/gu, '\\$&');
}
