// Reads the commands of a CMake file, as far as text alone tells: no generator expressions, no control flow but how deep in conditions it is.

/** One command. */
export interface CmakeCommand {
  /** In lower case: CMake does not tell cases apart. */
  readonly name: string;
  readonly args: readonly string[];
  /** Whether it stands inside an if(). */
  readonly conditional: boolean;
}

// what is not closed goes on to the end, so that no file makes the search begin again and again
const tokens = /#\[(=*)\[[\s\S]*?(?:\]\1\]|$)|#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|\[(=*)\[[\s\S]*?(?:\]\2\]|$)|[()]|[^\s()#"]+/g;

/** The commands in their order. */
export function cmakeCommands(text: string): CmakeCommand[] {
  const words = [...text.matchAll(tokens)].map(([word]) => word).filter((word) => !word.startsWith('#'));
  const commands: CmakeCommand[] = [];
  let conditions = 0;
  for (let at = 0; at < words.length; at++) {
    if (words[at + 1] !== '(') continue;
    const name = (words[at] ?? '').toLowerCase();
    const end = closing(words, at + 1);
    if (name === 'endif') conditions--;
    commands.push({ name, args: words.slice(at + 2, end).map(unquoted), conditional: conditions > 0 });
    if (name === 'if') conditions++;
    at = end;
  }
  return commands;
}

/** Index of the bracket that closes the one at `open`; the end of the text where there is none. */
function closing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (words[at] === '(') depth++;
    if (words[at] === ')' && --depth === 0) return at;
  }
  return words.length;
}

function unquoted(word: string): string {
  if (word.startsWith('"')) return word.slice(1, -1).replace(/\\(.)/g, '$1');
  return word.replace(/^\[(=*)\[\n?([\s\S]*)\]\1\]$/, '$2');
}
