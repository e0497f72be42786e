import { fail, ok, type Problem, type Result } from '../result.ts';

/** The parts of one RFC 5322 mailbox, as written: nothing is folded or lower-cased yet. */
export interface MailboxParts {
  /** The display name, quotes removed; empty if there is none. */
  readonly name: string;
  /** The local part, unquoted. */
  readonly local: string;
  readonly domain: string;
}

export type ScanCode = 'AddressSyntax' | 'AddressNotOne' | 'AddressNotAscii' | 'AddressIpLiteral';

type Word = { readonly kind: 'atom' | 'quoted' | 'dot'; readonly text: string; readonly spaceBefore: boolean };

const ATEXT = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]/;
const problem = (code: ScanCode, message: string): { readonly ok: false; readonly error: Problem<ScanCode> } =>
  fail({ code, message });

/** Reads forward only: every character is looked at a bounded number of times, however hostile the input is. */
class Scanner {
  at = 0;
  steps = 0;
  readonly input: string;
  constructor(input: string) {
    this.input = input;
  }

  peek(): string {
    this.steps += 1;
    return this.input.charAt(this.at);
  }

  get done(): boolean {
    return this.at >= this.input.length;
  }

  /** Skips white space and comments, nested ones too; false when a comment never ends. */
  skipBlanks(): boolean {
    let depth = 0;
    for (; !this.done; this.at += 1) {
      const c = this.peek();
      if (c === '(') depth += 1;
      else if (depth === 0) {
        if (c !== ' ') return true;
      } else if (c === ')') depth -= 1;
      else if (c === '\\') this.at += 1;
    }
    return depth === 0;
  }

  /** The content of a quoted string whose opening quote is next; undefined when it never ends. */
  quoted(): string | undefined {
    let text = '';
    for (this.at += 1; !this.done; this.at += 1) {
      const c = this.peek();
      if (c === '"') {
        this.at += 1;
        return text;
      }
      if (c === '\\') {
        this.at += 1;
        text += this.peek();
      } else text += c;
    }
    return undefined;
  }

  /** The longest run that `accepts` takes. */
  run(accepts: (c: string) => boolean): string {
    const from = this.at;
    while (!this.done && accepts(this.peek())) this.at += 1;
    return this.input.slice(from, this.at);
  }
}

const isAtomChar = (c: string): boolean => ATEXT.test(c) || c > '\u007f';
const isDomainChar = (c: string): boolean => isAtomChar(c) || c === '.';

const words = (s: Scanner): Word[] | undefined => {
  const found: Word[] = [];
  for (;;) {
    const before = s.at;
    if (!s.skipBlanks()) return undefined;
    const spaceBefore = s.at > before;
    const c = s.peek();
    if (c === '"') {
      const text = s.quoted();
      if (text === undefined) return undefined;
      found.push({ kind: 'quoted', text, spaceBefore });
    } else if (c === '.') {
      s.at += 1;
      found.push({ kind: 'dot', text: '.', spaceBefore });
    } else {
      const text = s.run(isAtomChar);
      if (text === '') return found;
      found.push({ kind: 'atom', text, spaceBefore });
    }
  }
};

/** The local part that these words spell, or undefined: a dot-atom or one quoted string, nothing between. */
const localPart = (parts: readonly Word[]): string | undefined => {
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  if (first.kind === 'quoted') return rest.length === 0 ? first.text : undefined;
  const alternate = parts.every((word, i) => word.kind === (i % 2 === 0 ? 'atom' : 'dot'));
  if (!alternate || parts.length % 2 === 0 || rest.some((word) => word.spaceBefore)) return undefined;
  return parts.map((word) => word.text).join('');
};

const displayName = (parts: readonly Word[]): string =>
  parts.map((word, i) => (i > 0 && word.spaceBefore ? ` ${word.text}` : word.text)).join('');

/** Reads `@domain`, then whatever must follow it; the scanner stands on the `@`. */
const afterAt = (s: Scanner, name: string, local: string, close: '>' | ''): Result<MailboxParts, Problem<ScanCode>> => {
  s.at += 1;
  if (!s.skipBlanks()) return problem('AddressSyntax', 'a comment is never closed; close it with )');
  if (s.peek() === '[') return problem('AddressIpLiteral', 'the domain is an IP literal; use a domain name');
  const domain = s.run(isDomainChar);
  if (domain === '') return problem('AddressSyntax', 'there is no domain after @; write user@domain');
  if (!s.skipBlanks()) return problem('AddressSyntax', 'a comment is never closed; close it with )');
  if (close !== '') {
    if (s.peek() !== close) return problem('AddressSyntax', 'the address is not closed with >');
    s.at += 1;
    if (!s.skipBlanks()) return problem('AddressSyntax', 'a comment is never closed; close it with )');
  }
  if (!s.done)
    return problem(
      'AddressNotOne',
      `${s.peek() === ',' ? 'more than one mailbox' : 'text after the address'}; give exactly one`,
    );
  if ([...local].some((c) => c > '\u007f')) return problem('AddressNotAscii', 'SES delivers to ASCII local parts only');
  return ok({ name, local, domain });
};

/**
 * Splits a string that is exactly one RFC 5322 mailbox (`addr-spec`, or a display name and `<addr-spec>`) into its
 * parts; comments are dropped. A list, a group, a route or a second `@` is refused, never guessed at.
 *
 * @param count - told how many single steps were taken, at most four a character
 * @see RFC 5322 section 3.4, without its obsolete forms
 * @example scanMailbox('Pat <PAT@target.example>') // { ok: true, value: { name: 'Pat', local: 'PAT', domain: … } }
 */
export const scanMailbox = (
  input: string,
  count?: (steps: number) => void,
): Result<MailboxParts, Problem<ScanCode>> => {
  const s = new Scanner(input);
  const result = scan(s);
  count?.(s.steps);
  return result;
};

const scan = (s: Scanner): Result<MailboxParts, Problem<ScanCode>> => {
  const before = words(s);
  if (before === undefined) return problem('AddressSyntax', 'a quoted string or comment is never closed');
  const next = s.peek();
  if (next === '@') {
    const local = localPart(before);
    if (local === undefined) return problem('AddressSyntax', 'the local part is no dot-atom; quote it or mend it');
    return afterAt(s, '', local, '');
  }
  if (next === '<') {
    if (before[0]?.kind === 'dot') return problem('AddressSyntax', 'a display name cannot start with a dot; quote it');
    s.at += 1;
    const inside = words(s);
    const local = inside === undefined ? undefined : localPart(inside);
    if (local === undefined || s.peek() !== '@') return problem('AddressSyntax', 'between < and > stands no address');
    return afterAt(s, displayName(before), local, '>');
  }
  if (next === ',' || next === ';' || next === ':')
    return problem('AddressNotOne', 'a list or group where one mailbox belongs; give exactly one, quote the name');
  return problem(
    'AddressSyntax',
    next === '' ? 'there is no @; write user@domain' : `${JSON.stringify(next)} needs quotes`,
  );
};
