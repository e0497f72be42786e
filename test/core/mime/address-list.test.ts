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
