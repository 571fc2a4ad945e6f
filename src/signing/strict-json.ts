// Reads JSON that decides about trust: one meaning only, so a key that stands twice is refused.

/**
 * Parses JSON text.
 *
 * @throws SyntaxError when the text is no JSON or an object has a key twice.
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const open: (Set<string> | undefined)[] = [];
  // the text is valid JSON by now, so strings and brackets are all that has to be told apart
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (key !== undefined) noteKey(open.at(-1), JSON.parse(key));
    else if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
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
