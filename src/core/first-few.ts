// Names some of many things, so that a message stays one.

/** The first ten texts, and how many more there are. */
export function firstFew(texts: readonly string[], separator = ', '): string {
  const more = texts.length > 10 ? [`and ${texts.length - 10} more`] : [];
  return [...texts.slice(0, 10), ...more].join(separator);
}
