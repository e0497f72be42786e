import fc from 'fast-check';
import { countParts } from '../../../core/mime/count-parts.ts';

const part = (n: number) => `--b\r\nContent-Type: text/plain\r\n\r\npart ${n}\r\n`;
const mixed = (parts: readonly string[], type = 'multipart/mixed; boundary="b"') =>
  Buffer.from(`Subject: Hi\r\nContent-Type: ${type}\r\n\r\n${parts.join('')}--b--\r\n`);

test.each<[what: string, raw: Buffer, parts: number]>([
  ['text', Buffer.from('Subject: Hi\r\n\r\n--b\r\n'), 1],
  ['no message at all', Buffer.from('x'), 1],
  ['a multipart of two', mixed([part(1), part(2)]), 3],
  ['a boundary without quotes, folded', mixed([part(1)], 'Multipart/Mixed;\r\n boundary=b; x=y'), 2],
  [
    'a boundary after tabs, several blanks and a long fold',
    mixed([part(1)], 'multipart/mixed;\r\n\t  boundary \t=  "b"'),
    2,
  ],
  ['a preamble', mixed(['preamble\r\n', part(1)]), 2],
  ['a line that only begins like a delimiter', mixed([part(1), '--bb\r\n--c\r\n-- b\r\n']), 2],
  ['blanks after a delimiter', mixed(['--b \t\r\n\r\nHi\r\n']), 2],
  ['a part without a blank line', mixed(['--b\r\nContent-Type: text/plain\r\n', part(2)]), 3],
  ['a multipart that never ends', Buffer.from(`Content-Type: multipart/mixed; boundary=b\n\n${part(1)}`), 2],
  [
    'a multipart within',
    mixed([
      '--b\r\nContent-Type: multipart/related; boundary=i\r\n\r\n--i\r\n\r\nA\r\n--i\r\n\r\nB\r\n--i--\r\n',
      part(2),
    ]),
    5,
  ],
  [
    'an inner multipart that the outer one ends',
    mixed(['--b\r\nContent-Type: multipart/related; boundary=i\r\n\r\n--i\r\n\r\nA\r\n', part(2), '--i\r\n\r\nC\r\n']),
    4,
  ],
  ['a type that only names a multipart', mixed([part(1)], 'text/plain; x=multipart/mixed; boundary="b"'), 1],
  [
    'a multipart that was closed, and what looks like it after',
    mixed([
      '--b\r\nContent-Type: multipart/related; boundary=inner\r\n\r\n--inner\r\n\r\nA\r\n--inner--\r\n--inner\r\n\r\nC\r\n',
    ]),
    3,
  ],
  ['what comes after the end', Buffer.concat([mixed([part(1)]), Buffer.from(part(2))]), 2],
  [
    'a boundary that ends like the end of another',
    mixed([
      '--b\r\nContent-Type: multipart/related; boundary="b--"\r\n\r\n--b--\r\n\r\nA\r\n--b--\r\n\r\nB\r\n--b----\r\n',
    ]),
    4,
  ],
  [
    'a part whose text names a boundary after a blank line',
    mixed(['--b\r\nX: y\r\n\r\nContent-Type: multipart/x; boundary=z\r\n\r\n--z\r\n']),
    2,
  ],
  [
    'the same with line feeds alone',
    Buffer.from('Content-Type: multipart/x; boundary=b\n\n--b\nX: y\n\nContent-Type: multipart/x; boundary=z\n\n--z\n'),
    2,
  ],
  [
    'a broken part whose delimiter is followed by another header',
    mixed(['--b\r\nX: y\r\n--b\r\nContent-Type: multipart/x; boundary=zz\r\n\r\n--zz\r\n']),
    4,
  ],
])('counts the parts of %s', (_what, raw, parts) => {
  expect(countParts(raw)).toBe(parts);
});

test('counts as many as there are, with either line end', () => {
  const parts = Array.from({ length: 700 }, (_, i) => part(i));
  expect(countParts(mixed(parts))).toBe(701);
  expect(countParts(Buffer.from(mixed(parts).toString().replaceAll('\r\n', '\n')))).toBe(701);
});

test('looks a hundred multiparts deep, and no deeper', () => {
  const nested = Array.from({ length: 150 }, (_, n) => `--x${n}\nContent-Type: multipart/x; boundary=x${n + 1}\n\n`);
  expect(countParts(Buffer.from(`Content-Type: multipart/x; boundary=x0\n\n${nested.join('')}`))).toBe(101);
});

test('takes any bytes', () => {
  const pieces = fc.constantFrom(
    '--',
    'b',
    '\n',
    '\r\n',
    'Content-Type: multipart/mixed; boundary=b\n',
    '\n\n',
    '--b\n',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (some) => {
      const raw = Buffer.from(some.join(''));
      expect(countParts(raw)).toBeLessThanOrEqual(1 + raw.toString().split('--').length);
    }),
  );
});
