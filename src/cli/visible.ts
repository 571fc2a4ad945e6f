// Keeps what others wrote from steering a terminal: control characters are shown in place of being obeyed.

/** Line ends, tabs and colours stay; every other control character becomes `\u00..`, in JSON the same text. */
export function visible(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, (control, at: number) => {
    const isLineEnd = control === '\r' && [undefined, '\n'].includes(text[at + 1]);
    const isColour = control === '\u001b' && /^\[[\d;]*m/.test(text.slice(at + 1, at + 20));
    return isLineEnd || isColour ? control : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
