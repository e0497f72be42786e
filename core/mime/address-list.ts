/** What may begin within what, and what ends it: a mailbox ends only where nothing is open. */
const WITHIN: { readonly [closing: string]: { readonly [opening: string]: string } } = {
  '': { '"': '"', '<': '>', '[': ']', '(': ')' },
  '>': { '"': '"', '[': ']', '(': ')' },
  ')': { '(': ')' },
  '"': {},
  ']': {},
};

/**
 * Splits the value of a To, Cc or Bcc header into its mailboxes, each as written. Names and addresses are not judged:
 * what is no mailbox comes out too, for a parser to refuse.
 *
 * A group `name: a, b;` gives its members, an empty one nobody. Empty elements and comments alone are nobody either.
 *
 * @param value - on one line
 * @see RFC 5322 section 3.4
 * @example splitAddressList('"Cat, Pat" <pat@target.example>, Team: ann@target.example;') // two mailboxes
 */
export const splitAddressList = (value: string): string[] => {
  const found: string[] = [];
  /** What ends each of the things that are open, the innermost last. */
  const open: string[] = [];
  let from = 0;
  /** Something but blanks and comments was seen. */
  let solid = false;
  const begin = (at: number): void => {
    from = at;
    solid = false;
  };
  for (let at = 0; at < value.length; at += 1) {
    const c = value.charAt(at);
    const closing = open.at(-1) ?? '';
    const opened = WITHIN[closing]?.[c];
    if (c === '\\' && closing !== '') at += 1;
    else if (c === closing) open.pop();
    else if (opened !== undefined) open.push(opened);
    else if (closing === '' && (c === ',' || c === ';' || c === ':')) {
      if (solid && c !== ':') found.push(value.slice(from, at).trim());
      begin(at + 1);
      continue;
    }
    if (c !== ' ' && c !== '(' && closing !== ')') solid = true;
  }
  if (solid) found.push(value.slice(from).trim());
  return found;
};
