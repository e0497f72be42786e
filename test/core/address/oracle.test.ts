import emailAddresses from 'email-addresses';
import fc from 'fast-check';
import { parseMailbox } from '../../../core/address/address.ts';
import { dotAtom, plainHost, quotedLocal } from './mailboxes.ts';

/** Another parser's local part and domain of a string that is one mailbox in RFC 5322's present forms. */
const other = (raw: string): readonly [local: string, domain: string] | undefined => {
  const found = emailAddresses.parseOneAddress({ input: raw, strict: true, rejectTLD: true });
  return found?.type === 'mailbox' ? [found.local, found.domain] : undefined;
};

const unquoted = (local: string): string =>
  local.startsWith('"') ? local.slice(1, -1).replace(/\\(.)/g, '$1') : local;

/** The same from our parser. */
const ours = (raw: string): readonly [local: string, domain: string] | undefined => {
  const parsed = parseMailbox(raw);
  if (!parsed.ok) return undefined;
  const cut = parsed.value.addrSpec.lastIndexOf('@');
  return [unquoted(parsed.value.addrSpec.slice(0, cut)), parsed.value.addrSpec.slice(cut + 1)];
};

/** Parts to compare: the other parser folds blanks in quotes, which may make one mailbox of two, and keeps capitals. */
const comparable = (found: readonly [local: string, domain: string] | undefined) =>
  found && { local: found[0].replace(/ +/g, ' ').trim(), domain: found[1].toLowerCase() };

const blank = fc.constantFrom('', ' ', '(c)', ' (c (d)) ');
const name = fc.constantFrom('', 'Pat ', 'Pat Target ', '"Target, Pat" ', '"a\\"b" ', '=?utf-8?q?P=C3=A4t?= ');

const mailbox = fc
  .tuple(fc.oneof(dotAtom, quotedLocal), plainHost, name, fc.array(blank, { minLength: 4, maxLength: 4 }), fc.boolean())
  .map(([local, host, called, [a, b, c, d], brackets]) =>
    brackets || called !== '' ? `${called}<${a}${local}${b}@${c}${host}${d}>` : `${a}${local}${b}@${c}${host}${d}`,
  );

/** Mailboxes with one character put in, taken out or doubled: mostly no mailboxes any more. */
const damaged = fc
  .tuple(mailbox, fc.nat(), fc.constantFrom(...[...'@.<>()"\\,;: a[]']), fc.constantFrom('put', 'take', 'double'))
  .map(([raw, position, c, how]) => {
    const at = position % raw.length;
    if (how === 'take') return raw.slice(0, at) + raw.slice(at + 1);
    return raw.slice(0, at) + (how === 'double' ? raw.charAt(at) : c) + raw.slice(at);
  });

test('on well-formed ASCII mailboxes an independent RFC 5322 parser reads the same parts', () => {
  fc.assert(
    fc.property(mailbox, (raw) => {
      const found = comparable(ours(raw));
      expect(found).toBeDefined();
      expect(found).toEqual(comparable(other(raw)));
    }),
    { numRuns: 1000 },
  );
});

test('where both parsers take damaged input, they read the same parts', () => {
  fc.assert(
    fc.property(damaged, (raw) => {
      const [a, b] = [comparable(ours(raw)), comparable(other(raw))];
      if (a !== undefined && b !== undefined) expect(a).toEqual(b);
    }),
    { numRuns: 1500 },
  );
});

describe('the parsers differ on purpose', () => {
  test.each([
    ['IP literals have no key', 'pat@[192.0.2.1]', false, true],
    ['IP addresses have no key', 'pat@192.0.2.1', false, true],
    ['labels are host names', 'pat@a!b.example', false, true],
    ['local parts are bounded', `${'a'.repeat(65)}@target.example`, false, true],
    ['a group of one is no mailbox', 'g: pat@target.example;', false, false],
    ['a trailing dot is dropped', 'pat@target.example.', true, false],
    ['dots in unquoted names are borne', 'P. Target <pat@target.example>', true, false],
    ['local parts are ASCII', 'pät@target.example', false, true],
  ])('%s: %s', (_name, raw, weTakeIt, theyTakeIt) => {
    expect(ours(raw) !== undefined).toBe(weTakeIt);
    expect(other(raw) !== undefined).toBe(theyTakeIt);
  });
});

test.each([
  'a@b.c\r\nBcc: x@y.z',
  'a b@c.example',
  'a@b.example c@d.example',
  'a@b@c.example',
  'a..b@c.example',
  '<a@b.example',
  'a@b.example>',
  '"a@b.example',
  'a@b.example (',
  '@b.example',
  '<@r.example:a@b.example>',
])('neither parser takes %j', (raw) => {
  expect(ours(raw)).toBeUndefined();
  expect(other(raw)).toBeUndefined();
});
