import { scanMailbox } from '../../../core/address/scan-mailbox.ts';

const LENGTH = 20_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(LENGTH / unit.length));

const stepsOf = (input: string): number => {
  let steps = Number.NaN;
  scanMailbox(input, (counted) => {
    steps = counted;
  });
  return steps;
};

test.each([
  ['opening brackets', fill('(')],
  ['opening and closing brackets', fill('(') + fill(')')],
  ['comments in a row', fill('()')],
  ['comments and dots', fill('().')],
  ['comments between words', fill('(a)b')],
  ['escaped brackets in a comment', `(${fill('\\(')}`],
  ['angle brackets', fill('<')],
  ['quotes', fill('"')],
  ['empty quoted strings', fill('""')],
  ['an open quote', `"${fill('a')}`],
  ['backslashes in quotes', `"${fill('\\')}`],
  ['backslashes', fill('\\')],
  ['dots', fill('.')],
  ['words and dots', fill('a.')],
  ['blanks', fill(' ')],
  ['words and blanks', fill('a ')],
  ['encoded words', `${fill('=?utf-8?q?=41?= ')}<a@b.example>`],
  ['open encoded words', fill('=?utf-8?q?')],
  ['one long word', `${fill('a')}@b.example`],
  ['a long domain', `a@${fill('b.')}`],
  ['at signs', fill('@')],
  ['commas', fill(',')],
  ['comments before a domain', `a@${fill('()')}`],
  ['comments after a domain', `a@b.example${fill('(c)')}`],
  ['blanks before the closing bracket', `<a@b.example${fill(' ')}>`],
  ['comments after the closing bracket', `<a@b.example>${fill('(c)')}`],
  ['letters of another script', `${fill('ü')}@b.example`],
])('takes at most four steps a character on %s', (_name, input) => {
  expect(stepsOf(input)).toBeGreaterThan(0);
  expect(stepsOf(input)).toBeLessThanOrEqual(4 * input.length);
});

test('counts every look at a character', () => {
  expect(stepsOf('pat@target.example')).toBeGreaterThanOrEqual('pat@target.example'.length);
});

test.each([
  ['pat@target.example', { name: '', local: 'pat', domain: 'target.example' }],
  ['Pat <PAT@target.example>', { name: 'Pat', local: 'PAT', domain: 'target.example' }],
  ['"a\\"b" c . d <"x y"(z)@w.example>', { name: 'a"b c . d', local: 'x y', domain: 'w.example' }],
])('splits %s into its parts as written', (input, value) => {
  expect(scanMailbox(input)).toEqual({ ok: true, value });
});
