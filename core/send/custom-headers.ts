import { isMessageId } from '../mime/message-id.ts';

/** Characters of a line of mail, its end not counted. */
const LINE_CHARS = 998;
const NAME_CHARS = 76;
/** Characters of a header's value, subject included: ten lines as long as a line may be. */
export const VALUE_CHARS = 10_000;
/** RFC 5322 section 3.6.8. */
const NAME = /^[!-9;-~]+$/;
/** Any but the tab, which a header may hold. */
const CONTROL = /[^\P{Cc}\t]/u;
const PRINTABLE = /^[\t -~]*$/;

/** Headers that the request has fields for. */
const FIELDS: { readonly [name: string]: string } = {
  from: 'from',
  to: 'to',
  cc: 'cc',
  bcc: 'bcc',
  'reply-to': 'replyTo',
  subject: 'subject',
};
/** Headers with which a message could be sent as somebody else or to somebody else, and those that are written for it. */
const REFUSED: { readonly [name: string]: string } = {
  sender: 'the sender is "from"',
  'return-path': 'bounces go to the suppression list',
  'resent-bcc': 'every recipient would see it',
  date: 'SES writes it',
  'mime-version': 'it is written for you',
  'dkim-signature': 'SES signs the message',
};

const wordTooLong = (name: string, value: string): boolean =>
  PRINTABLE.test(value) && value.split(' ').some((word) => word.length + name.length + 2 > LINE_CHARS);

/**
 * Why no header of this name may be added to a message; undefined if one may.
 *
 * @example headerNameFault('X-SES-MESSAGE-TAGS') // 'X-SES- headers are instructions to SES; …'
 */
export const headerNameFault = (name: string): string | undefined => {
  const key = name.toLowerCase();
  const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
  if (!NAME.test(name) || name.length > NAME_CHARS)
    return `a header name has 1 to ${NAME_CHARS} printable ASCII characters, no space and no colon`;
  if (field !== undefined) return `this header has a field of its own, "${field}"`;
  if (Object.hasOwn(REFUSED, key)) return `this header may not be set: ${REFUSED[key]}`;
  if (key.startsWith('content-')) return 'Content- headers are written for you; use "attachments" or "raw"';
  if (key.startsWith('x-ses-'))
    return 'X-SES- headers are instructions to SES; use "tags" and "configurationSet" instead';
  return undefined;
};

/** Why a header may not have this value; undefined if it may. */
export const headerValueFault = (name: string, value: unknown): string | undefined => {
  if (typeof value !== 'string') return 'expected text';
  if (value.length > VALUE_CHARS) return `at most ${VALUE_CHARS} characters`;
  if (/[\r\n]/.test(value)) return 'one line: it becomes a header, so it may hold no CR or LF';
  if (CONTROL.test(value)) return 'text without control characters';
  if (value.trim() === '') return 'a header needs a value; leave it out instead';
  if (name.toLowerCase() === 'message-id' && !isMessageId(value))
    return 'expected one id in angle brackets, <left@right>';
  if (wordTooLong(name, value))
    return `a line of mail has at most ${LINE_CHARS} characters, and this has no space to break at`;
  return undefined;
};

/** Whether a header tells mail programs how to unsubscribe. */
export const isUnsubscribeHeader = (name: string): boolean => name.toLowerCase().startsWith('list-unsubscribe');
