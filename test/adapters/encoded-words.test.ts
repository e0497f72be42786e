import fc from 'fast-check';
import { decodeWords } from 'postal-mime';
import { decodeEncodedWords, encodeWords, hidesLineBreak } from '../../adapters/encoded-words.ts';

test.each<[what: string, text: string, decoded: string]>([
  ['no word', 'Pat =? x', 'Pat =? x'],
  ['a word between others', 'Pat =?utf-8?q?P=C3=A1t?= Cat', 'Pat Pát Cat'],
  ['neighbours', '=?utf-8?q?a?= =?utf-8?q?b?=\r\n =?utf-8?q?_c?=', 'ab c'],
  ['a character that two words share', '=?utf-8?B?4pg=?= =?utf-8?B?gw==?=', '☃'],
  ['a character that words of both encodings share', '=?utf-8?Q?caf=C3?= =?UTF-8?B?qQ==?= Example', 'café Example'],
  ['neighbours of two character sets', '=?utf-8?q?=C3=A1?= =?iso-8859-1?q?=E9?=', 'áé'],
  ['a language', '=?utf-8*en?q?a?=', 'a'],
  ['an unknown character set', '=?x-unknown?q?b=E9?= =?x-unknown?q?c?=', '=?x-unknown?q?b=E9?= =?x-unknown?q?c?='],
  ['one unknown, with its blank', '=?utf-8?q?ok?= =?x-unknown?q?b?= =?utf-8?q?ok?=', 'ok =?x-unknown?q?b?= ok'],
  ['what is no text', '=?utf-8?q?=FF?= =?utf-8?q?a?= b', '=?utf-8?q?=FF?= =?utf-8?q?a?= b'],
])('reads %s', (_what, text, decoded) => {
  expect(decodeEncodedWords(text)).toBe(decoded);
});

test.each([
  ['=?utf-8?q?=0D=0ABcc:_x?=', true],
  ['Re: =?utf-8?b?DQpCY2M6IHg=?=', true],
  ['=?x-unknown?q?=0a?=', true],
  [`=?utf-8?q?${'x'.repeat(500)}=0A?=`, true],
  ['=?utf-8?q?=0', false],
  ['=0D=0A', false],
  ['=?utf-8?q?P=C3=A1t?=', false],
])('says whether %s hides a line break', (text, hides) => {
  expect(hidesLineBreak(text)).toBe(hides);
});

test('encodes any text in words of 60 characters at the most, each readable alone', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 }).map((some) => some.toWellFormed());
  fc.assert(
    fc.property(text, (some) => {
      const words = encodeWords(some);
      expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(60);
      expect(words.map((word) => decodeEncodedWords(word)).join('')).toBe(some.replaceAll('\ufeff', ''));
      expect(words.every((word) => word.startsWith('=?UTF-8?'))).toBe(true);
    }),
  );
  expect(decodeWords(encodeWords('aé').join(' '))).toBe('aé');
});

test('encodes three million characters of two scripts at once', () => {
  expect(encodeWords('aaé'.repeat(1_000_000)).length).toBeGreaterThan(1000);
});
