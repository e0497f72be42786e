import { errorOf, preparedOf, request } from './requests.ts';

test.each<[name: string, value: unknown, message: string]>([
  ['From', 'eve@x.example', 'a field of its own, "from"'],
  ['TO', 'eve@x.example', 'a field of its own, "to"'],
  ['bcc', 'eve@x.example', 'a field of its own, "bcc"'],
  ['Reply-To', 'eve@x.example', 'a field of its own, "replyTo"'],
  ['Subject', 'Hi', 'a field of its own, "subject"'],
  ['Sender', 'eve@x.example', 'this header may not be set'],
  ['Return-Path', 'eve@x.example', 'this header may not be set'],
  ['Resent-Bcc', 'eve@x.example', 'this header may not be set'],
  ['Date', 'now', 'this header may not be set: SES writes it'],
  ['MIME-Version', '1.0', 'this header may not be set'],
  ['DKIM-Signature', 'v=1', 'this header may not be set'],
  ['Content-Type', 'text/plain', 'Content- headers'],
  ['x-ses-configuration-set', 'other', 'X-SES- headers'],
  ['X-SES-LIST-MANAGEMENT-OPTIONS', 'list', 'X-SES- headers'],
  ['X A', '1', 'a header name has'],
  ['X:A', '1', 'a header name has'],
  ['Ünï', '1', 'a header name has'],
  ['', '1', 'a header name has'],
  ['X-A', 7, 'expected text'],
  ['X-A', ' ', 'a header needs a value'],
  ['X-A', 'a\0b', 'control characters'],
  ['X-A', 'x'.repeat(1000), 'a line of mail has at most 998 characters'],
  ['Message-ID', 'mine', 'one id in angle brackets'],
  ['Message-ID', '<é@ledger.example>', 'one id in angle brackets'],
  ['constructor', '\r\n', 'one line'],
])('refuses the header %s: %j', (name, value, message) => {
  expect(errorOf(request({ headers: { [name]: value } }))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message),
  });
});

test('refuses a header in two spellings', () => {
  expect(errorOf(request({ headers: { 'X-A': '1', 'x-a': '2' } })).message).toContain('x-a is there twice');
});

test('takes a Message-ID for the one that SES replaces', () => {
  const headers = { 'message-id': '<mine@ledger.example>', References: '<a@x.example> <b@x.example>' };
  expect(preparedOf(request({ headers }))).toMatchObject({
    ownMessageId: '<mine@ledger.example>',
    headerMismatch: undefined,
    content: { message: { headers: [{ name: 'message-id' }, { name: 'References' }] } },
  });
});
