import { isOneClick } from '../../../lambda/unsubscribe/one-click.ts';

const FORM = 'application/x-www-form-urlencoded';
const part = (name: string, value: string, boundary = 'b1') =>
  `--${boundary}\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n`;
const multipart = (...parts: readonly string[]) => `${parts.join('')}--b1--\r\n`;

test.each([
  ['the form of RFC 8058', FORM, 'List-Unsubscribe=One-Click'],
  ['a charset beside it', `${FORM}; charset=UTF-8`, 'List-Unsubscribe=One-Click'],
  ['a line break behind it', FORM, 'List-Unsubscribe=One-Click\r\n'],
  ['percent encoding', FORM, 'List%2DUnsubscribe=One%2dClick'],
  ['no content type', '', 'List-Unsubscribe=One-Click'],
  ['a multipart form', 'multipart/form-data; boundary=b1', multipart(part('"List-Unsubscribe"', 'One-Click'))],
  ['a quoted boundary', 'multipart/form-data; boundary="b1"', multipart(part('"List-Unsubscribe"', 'One-Click'))],
  ['a name without quotes', 'Multipart/Form-Data; Boundary=b1', multipart(part('List-Unsubscribe', 'One-Click'))],
  ['no last line break', 'multipart/form-data; boundary=b1', multipart(part('"List-Unsubscribe"', 'One-Click')).trim()],
])('takes %s', (_what, contentType, body) => {
  expect(isOneClick({ contentType, body })).toBe(true);
});

test.each([
  ['nothing', FORM, ''],
  ['a body that was too long', FORM, undefined],
  ['another value', FORM, 'List-Unsubscribe=Two-Click'],
  ['another name', FORM, 'List-Subscribe=One-Click'],
  ['more than that', FORM, 'List-Unsubscribe=One-Click&x=1'],
  ['the same twice', FORM, 'List-Unsubscribe=One-Click&List-Unsubscribe=One-Click'],
  ['another spelling', FORM, 'list-unsubscribe=one-click'],
  ['JSON', 'application/json', '{"List-Unsubscribe":"One-Click"}'],
  ['a form said to be multipart', 'multipart/form-data; boundary=b1', 'List-Unsubscribe=One-Click'],
  ['another boundary', 'multipart/form-data; boundary=b2', multipart(part('"List-Unsubscribe"', 'One-Click'))],
  ['another part', 'multipart/form-data; boundary=b1', multipart(part('"List-Subscribe"', 'One-Click'))],
  ['another content', 'multipart/form-data; boundary=b1', multipart(part('"List-Unsubscribe"', 'One'))],
  [
    'a second part',
    'multipart/form-data; boundary=b1',
    multipart(part('"List-Unsubscribe"', 'One-Click'), part('"x"', '1')),
  ],
  ['a body cut off', 'multipart/form-data; boundary=b1', part('"List-Unsubscribe"', 'One-Click')],
])('takes no %s', (_what, contentType, body) => {
  expect(isOneClick({ contentType, body })).toBe(false);
});
