import { decodeEncodedWords } from '../../adapters/encoded-words.ts';
import type { InboxView, LetterView, RawText } from '../../console/api.ts';
import { STREAM_TAG } from '../../core/contract/index.ts';
import { type AcceptedMail, headerValue, subjectOf } from '../ses/mail.ts';
import { bareAddress } from '../ses/mailbox.ts';
import type { Parts } from './parts-of.ts';

const MAX_SOURCE_BYTES = 256 * 1024;
const MAX_TEXT_CHARS = 256 * 1024;
const MAX_HEADERS = 500;
const MAX_VALUE_CHARS = 4000;
/** SES takes no more in one message. */
const MAX_ATTACHMENTS = 500;

const decoded = (value: string): string => {
  const head = decodeEncodedWords(value.slice(0, MAX_VALUE_CHARS));
  return value.length > MAX_VALUE_CHARS ? `${head} …` : head;
};

const sourceOf = ({ raw, content, operation }: AcceptedMail): RawText => {
  if (raw === null)
    return { title: `Parts that ${operation} was given`, kind: 'json', text: JSON.stringify(content), cut: 0 };
  const head = raw.subarray(0, MAX_SOURCE_BYTES);
  return { title: 'The mail as SES got it', kind: 'mime', text: head.toString('utf8'), cut: raw.length - head.length };
};

/** One line of the inbox. */
export const mailLine = (mail: AcceptedMail): InboxView['mails'][number] => ({
  messageId: mail.messageId,
  at: mail.acceptedAt.toISOString(),
  from: decoded(headerValue(mail.headers, 'From') ?? mail.source),
  recipients: mail.recipients.map(bareAddress),
  subject: subjectOf(mail),
  stream: mail.tags.find(({ name }) => name === STREAM_TAG)?.value ?? null,
  bytes: mail.raw?.length ?? Buffer.byteLength(JSON.stringify(mail.content)),
});

/**
 * One mail to be read.
 *
 * @param parts - what it is made of, or why that cannot be had
 */
export const letterView = (mail: AcceptedMail, parts: Parts | string): LetterView => {
  const { messageId, messageIdHeader, acceptedAt, recipients, tags } = mail;
  const read = typeof parts === 'string' ? { attachments: [] } : parts;
  const text = read.text ?? null;
  return {
    messageId,
    messageIdHeader,
    at: acceptedAt.toISOString(),
    recipients: recipients.map(bareAddress),
    headers: mail.headers.slice(0, MAX_HEADERS).map(({ name, value }) => ({ name, value: decoded(value) })),
    text: text?.slice(0, MAX_TEXT_CHARS) ?? null,
    textCut: Math.max(0, (text?.length ?? 0) - MAX_TEXT_CHARS),
    hasHtml: read.html !== undefined,
    lacks: typeof parts === 'string' ? `the parts of this mail cannot be read: ${parts}` : null,
    attachments: read.attachments.slice(0, MAX_ATTACHMENTS).map(({ filename, mimeType, content }) => ({
      filename: filename ?? '',
      contentType: mimeType,
      bytes: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    })),
    tags: tags.map(({ name, value }) => ({ name, value })),
    source: sourceOf(mail),
  };
};
