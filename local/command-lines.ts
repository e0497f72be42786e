/** One less than a terminal is wide, for the quote that ends an argument. */
const WIDTH = 99;
const INDENT = ' '.repeat(5);

/**
 * A shell command over as many lines as it needs, at its words.
 *
 * @example commandLines(['export', 'A=1', 'B=2']) // ['   export A=1 B=2']
 */
export const commandLines = (words: readonly string[]): string[] => filled(words, '   ', ' ', ' \\');

/** JSON over as many lines as it needs, at the members of the outermost object: more lines of a quoted argument. */
export function jsonLines(value: object): string[] {
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`);
  const [first = '', ...others] = members.map((member, n) => (n < members.length - 1 ? `${member},` : `${member}}`));
  return filled([`{${first}`, ...others], INDENT, '', '');
}

/** Puts as many pieces on a line as it takes, `between` each two and `end` at all lines but the last. */
function filled(pieces: readonly string[], indent: string, between: string, end: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line === '') line = indent + piece;
    else if (line.length + between.length + piece.length + end.length <= WIDTH) line += between + piece;
    else {
      lines.push(line + end);
      line = INDENT + piece;
    }
  }
  return [...lines, line];
}
