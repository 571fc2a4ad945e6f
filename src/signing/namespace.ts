// Which apps a key may sign: one id, all ids below a prefix, or all.
import { appIdPattern } from '../core/app-id.ts';
import { KitError } from '../core/kit-error.ts';

/** Pattern of a namespace: `com.acme.cap`, `com.acme.*` or `*`. */
export const namespacePattern = `^(\\*|${appIdPattern.slice(1, -1)}(\\.\\*)?)$`;

/** Whether a text is a namespace. */
export function isNamespace(text: string): boolean {
  return new RegExp(namespacePattern).test(text);
}

/** Whether a namespace covers an app id. */
export function covers(namespace: string, id: string): boolean {
  return namespace === '*' || namespace === id || (namespace.endsWith('.*') && id.startsWith(namespace.slice(0, -1)));
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
    hint: 'write com.acme.cap for one app, com.acme.* for all apps of com.acme',
  });
}
