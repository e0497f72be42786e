import { cleanText, quote, shownText } from '../../core/text.ts';

test.each([
  ['smtp; 550 5.1.1 user unknown', 200, 'smtp; 550 5.1.1 user unknown'],
  ['smtp; 550\r\nno such\tuser', 200, 'smtp; 550 no such user'],
  ['a\u0000\u001b[31mb\u0085c\u2028d\u2029e', 200, 'a [31mb c d e'],
  ['abcdef', 3, 'abc'],
  ['Größe 🙂', 200, 'Größe 🙂'],
  ['x🙂', 2, 'x\ufffd'],
  ['\ud800x', 200, '\ufffdx'],
  ['', 200, ''],
])('%j in %i characters is %j', (raw, limit, expected) => {
  expect(cleanText(raw, limit)).toBe(expected);
});

test.each([
  ['pat "x"', '"pat \\"x\\""'],
  ['a\r\nb', '"a\\r\\nb"'],
  ['a\u0085\u2028b', '"a\\u0085\\u2028b"'],
  [null, 'null'],
  [undefined, 'nothing'],
  ['a\u202eb\u2066\u200b\ufeff', '"a\\u202eb\\u2066\\u200b\\ufeff"'],
  [[1, 2], 'a list of 2'],
  [{ a: 1 }, 'an object'],
  [7, '7'],
  [true, 'true'],
])('%j stands in a message as %s', (value, expected) => {
  expect(quote(value)).toBe(expected);
});

test('a long value is cut in a message', () => {
  expect(quote('x'.repeat(500))).toBe(`"${'x'.repeat(80)}"`);
});

test('what people read has no marks that hide in it', () => {
  expect(shownText('a\u001b[31m\r\nb\u202e\u2066\u061c', 200)).toBe('a [31m b');
});
