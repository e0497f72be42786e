import type { RawMail } from '../../../core/send/mailer.ts';
import { checkCsv, checkForPeople, checkLines, checkSize } from '../../../proof/fuzz/oracles.ts';
import { type Asked, checkMail } from '../../../proof/fuzz/oracles-mail.ts';
import { Violation } from '../../../proof/fuzz/target.ts';

const PAT = 'pat@target.example';
const asked: Asked = {
  form: 'built',
  recipients: ['Pat <PAT@target.example>', 'sam@target.example'],
  headers: new Set(['x-order']),
  suppressed: new Set(['sam@target.example']),
};
const mail = (head: string, destinations: readonly string[] = [PAT]): RawMail => ({
  kind: 'raw',
  source: 'no-reply@ledger.example',
  destinations,
  raw: Buffer.from(`${head}\r\n\r\nHi\r\n`),
  tags: {},
  configurationSet: 'main',
});
const HEAD = `From: no-reply@ledger.example\r\nTo: Pat <${PAT}>\r\nSubject: Hi\r\nX-Order: 1`;

test('a mail as it was asked for is fine', async () => {
  await expect(checkMail(mail(HEAD), asked)).resolves.toBeUndefined();
});

test.each([
  ['has a Bcc', mail(`${HEAD}\r\nBcc: victim@elsewhere.example`)],
  ['has a header that nobody asked for', mail(`${HEAD}\r\nX-Other: 1`)],
  ['names somebody it does not go to', mail(HEAD.replace('Subject', 'Cc: victim@elsewhere.example\r\nSubject'))],
  ['has a line that breaks', mail(HEAD.replace('Subject: Hi', 'Subject: Hi\nBcc: a@b.example'))],
  ['goes to somebody whom nobody asked for', mail(HEAD, [PAT, 'victim@elsewhere.example'])],
  ['goes to somebody who is suppressed', mail(HEAD, [PAT, 'sam@target.example'])],
  ['goes to a mailbox twice', mail(HEAD, [PAT, 'PAT@target.example'])],
  ['goes to nobody', mail(HEAD, [])],
])('a mail that %s is found', async (_what, faulty) => {
  await expect(checkMail(faulty, asked)).rejects.toThrow(Violation);
});

test.each([
  ['a stack trace', 'TypeError: x\n    at f (file.ts:1:2)\n'],
  ['an escape sequence', 'a\u001b[31m'],
  ['a C1 control', 'a\u009b2J'],
  ['a mark that turns text around', 'a\u202eb'],
  ['a value that nobody meant', 'got undefined'],
  ['an object', 'got [object Object]'],
])('%s is found in text for people', (_what, text) => {
  expect(() => checkForPeople(text, 'the input')).toThrow(Violation);
});

test('what the input says itself is no mistake', () => {
  expect(() => checkForPeople('there is no column "undefined"', 'undefined')).not.toThrow();
});

test.each(['{"a":1}\nb\n', '{"a":1}', '1\n', '[]\n'])('%j is not lines of JSON objects', (text) => {
  expect(() => checkLines(text)).toThrow(Violation);
});

test('a cell that a spreadsheet would run is found, and a broken row', () => {
  expect(() => checkCsv('address,scope\r\n=1+1,*\r\n')).toThrow(Violation);
  expect(() => checkCsv('address,scope\r\na,b,c\r\n')).toThrow(Violation);
  expect(() => checkCsv("address,scope\r\n'=1+1,*\r\n")).not.toThrow();
});

test('more than a multiple of the input is found', () => {
  expect(() => checkSize('the log', 10_000_000, 1000, 20)).toThrow(Violation);
  expect(() => checkSize('the log', 10_000, 1000, 20)).not.toThrow();
});
