import { decodeEncodedWords } from '../../../adapters/encoded-words.ts';
import { splitAddressList } from '../../../core/mime/address-list.ts';
import { countParts } from '../../../core/mime/count-parts.ts';
import { readMessage, valuesOf, writeMessage } from '../../../core/mime/header-block.ts';
import { messageIdIn } from '../../../core/mime/message-id.ts';
import type { Json } from '../json.ts';
import { checkSize } from '../oracles.ts';
import { bytesOf, readyText } from '../recipe.ts';
import { promise, type Target } from '../target.ts';

const mail = (headers: Json, body: Json = 'Hi\r\n'): Json => ({ $mime: [headers, body] });
const part = (boundary: string, inner: Json): Json => ({
  $join: [
    `--${boundary}\r\nContent-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n\r\n`,
    inner,
    `\r\n--in--\r\n--${boundary}--\r\n`,
  ],
});

/** Readers of what is MIME already: headers, lists of mailboxes, parts, encoded words. */
export const mime = (): Target => ({
  name: 'mime',
  seeds: [
    mail([
      ['From', 'Ledger <no-reply@ledger.example>'],
      ['To', '"Cat, Pat" <pat@target.example>, Team: ann@target.example, (c) sam@target.example;'],
      ['Subject', '=?utf-8?q?P=C3=A4t?=\r\n =?utf-8?B?w6Q=?='],
      ['Message-ID', '<a@b.example> (comment)'],
    ]),
    mail([['Content-Type', 'multipart/mixed; boundary="out"']], part('out', 'Hi')),
    mail([['Content-Type', 'multipart/mixed;\r\n boundary=out']], {
      $join: ['--out\n\nA\n--out\nX: y\n\nB\n--out--\n'],
    }),
    'To: a@b.example\n\nbody',
    'no headers at all',
    '\r\n',
  ],
  words: [
    '\r\n',
    '\r\n ',
    '\n\n',
    '--out',
    '--out--',
    '--in',
    'boundary=',
    '"',
    '(',
    ')',
    '<',
    '>',
    ',',
    ';',
    ':',
    '=?utf-8?q?',
    '?=',
    '=?iso-2022-jp?b?',
    'Content-Type: multipart/mixed; boundary=x',
    '\\',
  ],
  answers: ['read', 'no message', 'several parts', 'mailboxes', 'message id'],
  async run(input) {
    const text = readyText(input);
    const raw = bytesOf(text);
    const read = readMessage(raw);
    const parts = countParts(raw);
    promise(Number.isInteger(parts) && parts >= 1 && parts <= raw.length + 1, () => `${parts} parts`);
    if (!read.ok) {
      checkSize('why a message is none', read.error.length, 0, 0);
      promise(!/[\p{Cc}\u2028\u2029]/u.test(read.error), () => `control characters in ${JSON.stringify(read.error)}`);
      return ['no message'];
    }
    promise(
      Buffer.compare(Buffer.from(writeMessage(read.value)), raw) === 0,
      () => 'a message is written otherwise than it was read',
    );
    const answers = ['read', ...(parts > 1 ? ['several parts'] : [])];
    for (const { name } of read.value.fields.slice(0, 100)) {
      promise(/^[!-9;-~]+$/.test(name), () => `a header called ${JSON.stringify(name)}`);
      for (const value of valuesOf(read.value.fields, name).slice(0, 10)) {
        promise(!/[\r\n]/.test(value), () => 'the value of a header has several lines');
        const mailboxes = splitAddressList(value);
        checkSize('mailboxes', mailboxes.join('').length, value.length, 2);
        if (mailboxes.length > 1) answers.push('mailboxes');
        if (messageIdIn(value) !== undefined) answers.push('message id');
        checkSize('decoded words', decodeEncodedWords(value).length, value.length, 3);
      }
    }
    return answers;
  },
});
