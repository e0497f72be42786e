/** What may begin within what, and what ends it: a mailbox ends only where nothing is open. */
const WITHIN: { readonly [closing: string]: { readonly [opening: string]: string } } = {
  '': { '"': '"', '<': '>', '[': ']', '(': ')' },
  '>': { '"': '"', '[': ']', '(': ')' },
  ')': { '(': ')' },
  '"': {},
  ']': {},
};
/** What the name of a group has outside of quotes and comments never. */
const NO_NAME = new Set('@<>[])\\');

/** The name of a group that has begun, and where among the elements its first member comes. */
interface Group {
  readonly name: string;
  readonly at: number;
}

/** Whether the quoted string that ends here is followed by an `@`. */
const isLocalPart = (value: string, end: number): boolean => {
  let at = end;
  while (value.charAt(at) === ' ' || value.charAt(at) === '\t') at += 1;
  return value.charAt(at) === '@';
};

/** A group that never ended is none: what was taken for its name belongs to what came after it. */
const withName = (found: readonly string[], { name, at }: Group): string[] => [
  ...found.slice(0, at),
  `${name}${found[at] ?? ''}`.trim(),
  ...found.slice(at + 1),
];

/**
 * Splits the value of a To, Cc or Bcc header into its mailboxes, each as written, but for tabs, which become spaces outside
 * of quoted local parts. Names and addresses are not judged: what is no mailbox comes out too, for a parser to refuse. So does all that
 * is left open at the end, and whatever a colon follows that ends no name of a group.
 *
 * A group `name: a, b;` gives its members, an empty one nobody. Empty elements and comments alone are nobody either.
 *
 * @param value - unfolded
 * @see RFC 5322 section 3.4
 * @example splitAddressList('"Cat, Pat" <pat@target.example>, Team: ann@target.example;') // two mailboxes
 */
export const splitAddressList = (value: string): string[] => {
  const found: string[] = [];
  /** What ends each of the things that are open, the innermost last. */
  const open: string[] = [];
  let group: Group | undefined;
  let text = '';
  /** What was seen of a quoted string. */
  let quoted = '';
  /** Something but blanks and comments was seen. */
  let solid = false;
  /** What was seen may be the name of a group. */
  let phrase = true;
  const take = (): void => {
    if (solid) found.push(text.trim());
    text = '';
    solid = false;
    phrase = true;
  };
  for (let at = 0; at < value.length; at += 1) {
    const c = value.charAt(at);
    const closing = open.at(-1) ?? '';
    const opened = WITHIN[closing]?.[c];
    if (closing === '' && (c === ',' || c === ';')) {
      take();
      if (c === ';') group = undefined;
      continue;
    }
    if (closing === '' && c === ':' && group === undefined && solid && phrase) {
      group = { name: `${text}:`, at: found.length };
      solid = false;
      take();
      continue;
    }
    const escaped = c === '\\' && closing !== '' ? value.charAt(at + 1) : '';
    at += escaped.length;
    if (closing === '"') quoted += c + escaped;
    else text += c === '\t' ? ' ' : c + escaped;
    if (c === closing) open.pop();
    else if (opened !== undefined) open.push(opened);
    if (closing === '"' && c === closing) {
      text += open.length > 0 || isLocalPart(value, at + 1) ? quoted : quoted.replaceAll('\t', ' ');
      quoted = '';
    }
    if (closing === '' && NO_NAME.has(c)) phrase = false;
    if (c !== ' ' && c !== '\t' && c !== '(' && closing !== ')') solid = true;
  }
  text += quoted;
  solid ||= open.length > 0;
  take();
  return group === undefined ? found : withName(found, group);
};
