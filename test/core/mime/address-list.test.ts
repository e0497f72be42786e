import fc from 'fast-check';
import { splitAddressList } from '../../../core/mime/address-list.ts';

test.each<[what: string, value: string, mailboxes: string[]]>([
  ['one address', 'pat@target.example', ['pat@target.example']],
  ['several', 'a@x.example, B <b@x.example>,c@x.example', ['a@x.example', 'B <b@x.example>', 'c@x.example']],
  [
    'a comma in a quoted name',
    '"Cat, Pat" <pat@x.example>, a@x.example',
    ['"Cat, Pat" <pat@x.example>', 'a@x.example'],
  ],
  ['an escaped quote', '"Pat \\", <eve@x.example>" <p@x.example>', ['"Pat \\", <eve@x.example>" <p@x.example>']],
  [
    'a comma in a comment',
    'pat@x.example (a, (b, c)\\), d), a@x.example',
    ['pat@x.example (a, (b, c)\\), d)', 'a@x.example'],
  ],
  ['a comma in a quoted local part', '<"a,>b"@x.example>, c@x.example', ['<"a,>b"@x.example>', 'c@x.example']],
  [
    'a group',
    'Team: a@x.example, "B, C" <b@x.example>;, d@x.example',
    ['a@x.example', '"B, C" <b@x.example>', 'd@x.example'],
  ],
  ['a quoted group name', '"Team: all": a@x.example;', ['a@x.example']],
  ['an empty group', 'undisclosed-recipients:;', []],
  ['an empty group with a comment', 'undisclosed-recipients: (nobody) ;', []],
  ['an IP literal', 'a@[IPv6:2001:db8::1], b@x.example', ['a@[IPv6:2001:db8::1]', 'b@x.example']],
  ['semicolons for commas', 'a@x.example; b@x.example', ['a@x.example', 'b@x.example']],
  ['empty elements', ' , a@x.example,, ', ['a@x.example']],
  ['nothing', '', []],
  ['what is no mailbox', 'pat, a@x.example', ['pat', 'a@x.example']],
  ['a quote that never ends', 'a@x.example, "b, c@x.example', ['a@x.example', '"b, c@x.example']],
  ['a comment that never ends', '(unclosed, a@x.example', ['(unclosed, a@x.example']],
  ['a comment that never ends after a comma', 'a@x.example, (b, c@x.example', ['a@x.example', '(b, c@x.example']],
  ['a group after an address', 'pat@x.example Team: a@x.example;', ['pat@x.example Team: a@x.example']],
  ['a colon after a mailbox', 'Pat <pat@x.example>: a@x.example', ['Pat <pat@x.example>: a@x.example']],
  ['a port', 'pat@x.example:25, a@x.example', ['pat@x.example:25', 'a@x.example']],
  ['a colon after nothing', ': a@x.example;', [': a@x.example']],
  ['a colon within a group', 'Team: a: b@x.example, c@x.example;', ['a: b@x.example', 'c@x.example']],
  ['a URL', 'mailto:pat@x.example, a@x.example', ['mailto:pat@x.example', 'a@x.example']],
  ['a group that never ends', 'A: a@x.example; B: b@x.example', ['a@x.example', 'B:b@x.example']],
  ['a group of nobody that never ends', 'undisclosed-recipients:', ['undisclosed-recipients:']],
  ['tabs between words', 'Pat\t<pat@x.example>,\t(c)\ta@x.example', ['Pat <pat@x.example>', '(c) a@x.example']],
  ['a tab in a quoted name', '"Cat,\tPat" <"p\tp"@x.example>', ['"Cat, Pat" <"p\tp"@x.example>']],
  ['a quote and a tab that never end', '"Cat\tPat', ['"Cat\tPat']],
  ['a backslash at the end', '"Cat\\', ['"Cat\\']],
  ['blanks and tabs in a quoted local part', '"a  b\tc"@x.example', ['"a  b\tc"@x.example']],
  ['a blank before the @ of a quoted local part', '"p\tp" \t @x.example', ['"p\tp"   @x.example']],
  ['an @ after another word', '"Cat\tPat" b@x.example', ['"Cat Pat" b@x.example']],
  ['a literal in angles', 'P <a@[1,2]>, b@x.example', ['P <a@[1,2]>', 'b@x.example']],
  ['a comment in angles', '<a@x.example (b, >c)>, d@x.example', ['<a@x.example (b, >c)>', 'd@x.example']],
  ['a bracket in a quote in angles', '<"a>b,c]"@x.example>, d@x', ['<"a>b,c]"@x.example>', 'd@x']],
  ['tabs alone', '\t, \t', []],
])('splits %s', (_what, value, mailboxes) => {
  expect(splitAddressList(value)).toEqual(mailboxes);
});

const mailbox = fc
  .record({ name: fc.string({ maxLength: 10 }), local: fc.stringMatching(/^[a-z]{1,8}$/) })
  .map(({ name, local }) => `"${name.replace(/["\\]/g, '\\$&')}" <${local}@target.example>`);

test('gives back the mailboxes that a list was made of, whatever their names hold', () => {
  fc.assert(fc.property(fc.array(mailbox), (list) => expect(splitAddressList(list.join(', '))).toEqual(list)));
});

test('takes any text, and loses no @ outside of the name of a group', () => {
  const text = fc.string({ unit: fc.constantFrom(...'a@ ,;"\\()<>[]'.split('')) });
  fc.assert(
    fc.property(text, (value) => {
      expect(splitAddressList(value).join('').replace(/[^@]/g, '').length).toBeGreaterThanOrEqual(
        value.replace(/\(.*/s, '').replace(/[^@]/g, '').length,
      );
    }),
  );
});

const COMMENT = '(c, (d; e: f) @)';
const pieces = (...more: string[]) =>
  fc.array(fc.constantFrom('a@x', 'Team', '"q, @:;"', '<b@x>', COMMENT, ' ', '\t', ',', ':', '[', ...more));

test('drops nothing but blanks, comments and commas where no group can end', () => {
  const bare = (text: string): string => text.replaceAll(COMMENT.replaceAll(' ', ''), '').replaceAll(',', '');
  const solid = (text: string): string => bare(text.replace(/\s/g, ''));
  fc.assert(
    fc.property(pieces(), (list) => {
      const value = list.join('');
      expect(solid(splitAddressList(value).join(''))).toBe(solid(value));
    }),
    { numRuns: 1000 },
  );
});

test('drops with the name of a group no address and nothing in brackets', () => {
  const count = (text: string, what: string): number => text.split(what).length - 1;
  fc.assert(
    fc.property(pieces(';', ';'), (list) => {
      const value = list.join('');
      for (const what of ['a@x', '<b@x>'])
        expect(count(splitAddressList(value).join(' '), what)).toBe(count(value, what));
    }),
    { numRuns: 1000 },
  );
});
