// Builds HTML where every inserted value is escaped unless it is HTML already.

/** HTML that may be inserted as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Inserted = Html | string | number | undefined | false | readonly Inserted[];

/** A template whose values are escaped, for text as well as for quoted attributes; arrays are joined, undefined and false are left out. */
export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Html(parts.map((part, index) => part + (index < values.length ? inserted(values[index]) : '')).join(''));
}

/** A relative link to a file; every segment is encoded, so no name can become another address. */
export function linkTo(path: string): string {
  return `./${encodePath(path)}`;
}

/** A path with `/` as a relative URI: every segment is encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  // a lone surrogate, which some file systems allow, cannot be encoded
  return encodeURIComponent(Buffer.from(segment, 'utf8').toString('utf8'));
}

function inserted(value: Inserted): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(inserted).join('');
  return escaped(String(value));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}
