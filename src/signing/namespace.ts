// Which apps a key may sign: those of one name and below it, or all.
import { appIdPattern } from '../core/app-id.ts';
import { KitError } from '../core/kit-error.ts';

/** Pattern of a namespace: `com.acme.cap`, `com.acme.*` or `*`. */
export const namespacePattern = `^(\\*|${appIdPattern.slice(1, -1)}(\\.\\*)?)$`;

/** Whether a text is a namespace. */
export function isNamespace(text: string): boolean {
  return new RegExp(namespacePattern).test(text);
}

/** Whether a namespace covers an app id: `com.acme` the app of that name and all below, `com.acme.*` only those below. */
export function covers(namespace: string, id: string): boolean {
  if (namespace === '*' || namespace === id) return true;
  return id.startsWith(namespace.endsWith('.*') ? namespace.slice(0, -1) : `${namespace}.`);
}

/** The namespace of an app's siblings: `com.acme.*` for `com.acme.cap`. */
export function namespaceOf(id: string): string {
  const dot = id.lastIndexOf('.');
  return dot === -1 ? id : `${id.slice(0, dot)}.*`;
}

/**
 * Checks a namespace that somebody typed.
 *
 * @throws {@link KitError} `FLAG_INVALID`.
 */
export function parseNamespace(text: string): string {
  if (isNamespace(text)) return text;
  throw new KitError('FLAG_INVALID', `${JSON.stringify(text)} is no namespace`, {
    hint: 'write com.acme.* for all apps of com.acme',
  });
}

/** Start of the names of the files of a developer key. */
export function keyNameOf(namespace: string): string {
  return namespace.replace(/\.?\*$/, '') || 'all';
}

/** Names under which a developer key for an app may lie, the narrowest first. */
export function keyNamesFor(id: string): string[] {
  const segments = id.split('.');
  return [...segments.map((_, index) => segments.slice(0, segments.length - index).join('.')), 'all'];
}
