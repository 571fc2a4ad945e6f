// Reads JSON that decides about trust: one meaning only, so a key that stands twice is refused.

/** Deeper and longer than any file that decides about trust: what is judged field by field takes memory for each of them. */
const [maxDepth, maxParts] = [32, 100_000];

/**
 * Parses JSON text, or its bytes in UTF-8 without a byte order mark.
 *
 * @throws TypeError or SyntaxError when it is no JSON, an object has a key twice, or it nests deeper than 32 levels or has more than 100000 parts.
 */
export function parseStrictJson(json: string | Uint8Array): unknown {
  const text = typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
  const value: unknown = JSON.parse(text);
  const open: (Set<string> | undefined)[] = [];
  let parts = 0;
  // the text is valid JSON by now, so strings and brackets are all that has to be told apart
  for (const [token, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[[\]{},]/g)) {
    parts += 1;
    if (parts > maxParts) throw new SyntaxError(`it has more than ${maxParts} parts`);
    if (colon !== undefined) noteKey(open.at(-1), JSON.parse(token.slice(0, -colon.length)));
    else if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    if (open.length > maxDepth) throw new SyntaxError(`it nests deeper than ${maxDepth} levels`);
  }
  return value;
}

function noteKey(keys: Set<string> | undefined, key: string): void {
  if (keys?.has(key)) throw new SyntaxError(`the key "${key}" stands twice in one object`);
  keys?.add(key);
}

/** Bytes of padded standard base64, or undefined when the text is anything else. */
export function parseBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
