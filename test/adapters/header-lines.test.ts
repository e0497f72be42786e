import { decodeEncodedWords } from '../../adapters/encoded-words.ts';
import { headerMailbox, textLine } from '../../adapters/header-lines.ts';

const unfolded = (header: string): string => header.replaceAll('\r\n', '');
const longest = (header: string): number => Math.max(...header.split('\r\n').map((line) => line.length));

test('breaks a long header at several blanks, if there is nothing else to break at', () => {
  const ids = '<0123456789@ledger.example>  '.repeat(60).trim();
  const header = textLine('References', ids);
  expect(unfolded(header)).toBe(`References: ${ids}`);
  expect(longest(header)).toBeLessThanOrEqual(76);
  expect(textLine('X-A', `${'a \t'.repeat(500)}b`)).not.toContain('=?');
});

test('breaks at single spaces alone where that is enough', () => {
  const header = textLine('Subject', `a${'  b'.repeat(30)} ${'c'.repeat(70)}`);
  expect(header.split('\r\n')).toHaveLength(3);
});

test.each([
  ['Re: =?utf-8?q?=0D=0ABcc:_x=40y?= end', 'Re:  Bcc: x@y end'],
  ['=?utf-8?b?YQ0KYg==?=', 'a b'],
  ['=?utf-8?q?=0D=0Aa?= =?x-unknown?q?b?=', ' a =?x-unknown?q?b?='],
])('writes %s without the line break that it hides', (value, text) => {
  const [, ...words] = unfolded(textLine('Subject', value)).split(' ');
  const read = words.map((word) => /^=\?UTF-8\?Q\?([!-~]*)\?=$/.exec(word)?.[1] ?? 'no word').join('');
  expect(decodeURIComponent(read.replaceAll('%', '=25').replaceAll('=', '%').replaceAll('_', ' '))).toBe(text);
});

test('leaves other encoded words as they are', () => {
  const value = '=?utf-8?q?P=C3=A1t?= and =?x-unknown?q?b=E9?=';
  expect(textLine('Subject', value)).toBe(`Subject: ${value}\r\n`);
});

test('joins a name that somebody split within a character', () => {
  const name = '=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9_Example?=';
  expect(headerMailbox({ name, address: 'p@target.example' })).toBe('=?UTF-8?Q?caf=C3=A9_Example?= <p@target.example>');
});

test('shows a word that cannot be read as it is written, where it hides a line break', () => {
  for (const name of ['=?x-unknown?q?a=0D=0ABcc:_x?=', '=?utf-8?q?=FF=0A?=']) {
    const words = headerMailbox({ name, address: 'p@target.example' }).replace(' <p@target.example>', '');
    expect(words).toMatch(/^=\?UTF-8\?/);
    expect(decodeEncodedWords(words)).toBe(name);
  }
});
