import { bytesOf, ready } from '../../../proof/fuzz/recipe.ts';
import { shrink } from '../../../proof/fuzz/shrink.ts';

test.each([
  [{ body: { $json: { eventType: 'Bounce' } } }, { body: '{"eventType":"Bounce"}' }],
  [{ $json: { Message: { $json: [1] } } }, '{"Message":"[1]"}'],
  [{ $lines: ['a', { $json: null }] }, 'a\nnull'],
  [
    {
      $csv: [
        ['a', 'b,c'],
        ['d"', 1],
      ],
    },
    'a,"b,c"\n"d""",1',
  ],
  [{ $base64: 'a\xff' }, 'Yf8='],
  [{ $form: { a: 'b c&' } }, 'a=b%20c%26'],
  [{ $mime: [[['To', 'a@b.example']], 'Hi'] }, 'To: a@b.example\r\n\r\nHi'],
  [{ $repeat: ['ab', 3] }, 'ababab'],
  [{ $nothing: 1 }, { $nothing: 1 }],
  [
    { $json: 1, more: 2 },
    { $json: 1, more: 2 },
  ],
])('%j is %j for the program under test', (input, expected) => {
  expect(ready(input)).toEqual(expected);
});

test('text that is repeated comes to an end', () => {
  const nested = { $repeat: [{ $repeat: ['a', 1e9] }, 1e9] };
  expect(String(ready(nested, 1000)).length).toBeLessThanOrEqual(1000);
});

test('own members called __proto__ are kept as members', () => {
  const made = ready(JSON.parse('{"__proto__":{"$repeat":["x",2]}}'));
  expect(JSON.stringify(made)).toBe('{"__proto__":"xx"}');
});

test('text is bytes where it can be, else UTF-8', () => {
  expect([...bytesOf('\xff')]).toEqual([255]);
  expect([...bytesOf('€')]).toEqual([0xe2, 0x82, 0xac]);
});

test('an input is made smaller as long as it fails', async () => {
  const input = { list: [1, { deep: 'has an x in it', more: [1, 2] }], other: 'text' };
  const smallest = await shrink(input, async (less) => JSON.stringify(less).includes('x'));
  expect(smallest).toBe('x');
});

test('a form may have names that are no text', () => {
  expect(ready({ $form: { 'a\ud800': 'b\udfff' } })).toBe('a%EF%BF%BD=b%EF%BF%BD');
});
