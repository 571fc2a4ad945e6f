// Text as XML 1.0 takes it.

/** Escapes a text for element content and quoted attributes; characters that XML cannot hold become U+FFFD. */
export function xmlText(text: string): string {
  const allowed = Buffer.from(text, 'utf8')
    .toString('utf8')
    .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '\ufffd');
  return allowed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');
}

/** One element; attributes that are undefined are left out, `content` is XML already. */
export function xmlElement(name: string, attributes: Readonly<Record<string, string | undefined>>, content = ''): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(value).replaceAll('\n', '&#10;')}"`],
  );
  return content === '' ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${content}</${name}>`;
}
