import MailComposer from 'nodemailer/lib/mail-composer';
import { detectMimeType } from 'nodemailer/lib/mime-funcs';
import type { Attachment, Compose, MessageParts } from '../core/send/mailer.ts';
import { mailboxLine, textLine } from './header-lines.ts';

/** Nobody to name: an empty group, RFC 5322 appendix A.1.3. */
const UNDISCLOSED = 'To: undisclosed-recipients:;\r\n';
const BYTES = 'application/octet-stream';

/** Line ends as mail has them: a lone CR or LF may not travel (RFC 5321 section 2.3.8). */
const lines = (content: string): string => content.replace(/\r\n?|\n/g, '\r\n');

/** The headers that say who and what; the composer would change addresses and names of headers. */
const headerLines = ({ from, to, cc, replyTo, subject, headers }: MessageParts): string =>
  [
    mailboxLine('From', [from]),
    to.length === 0 ? UNDISCLOSED : mailboxLine('To', to),
    cc.length === 0 ? '' : mailboxLine('Cc', cc),
    replyTo.length === 0 ? '' : mailboxLine('Reply-To', replyTo),
    subject === '' ? '' : textLine('Subject', subject),
    ...headers.map(({ name, value }) => (isMessageId(name) ? '' : textLine(name, value.trim()))),
  ].join('');

const isMessageId = (name: string): boolean => name.toLowerCase() === 'message-id';

/** The type a file's name tells; a message or multipart is only what is said to be one. */
const typeOf = ({ contentType, filename }: Attachment): string => {
  if (contentType !== undefined) return contentType;
  const told = filename === undefined ? BYTES : detectMimeType(filename);
  return /^(?:message|multipart)\//i.test(told) ? BYTES : told;
};

/** The composer writes an asterisk without quotes, which some programs read as the sign of an encoded name. */
const STARRED = /^(?!.*=\?)[ -~]*\*[ -~]*$/;

/** How a file is shown, and its name if the composer is to write it. */
const disposition = ({ filename, contentId }: Attachment) => {
  const kind = contentId === undefined ? 'attachment' : 'inline';
  if (filename === undefined || !STARRED.test(filename))
    return { contentDisposition: kind, filename: filename ?? (false as const) };
  const quoted = `"${filename.replace(/["\\]/g, (c) => `\\${c}`)}"`;
  // A header that is written as it is: the composer takes one, but its types do not tell.
  const prepared = { prepared: true, value: `${kind};\r\n filename=${quoted}` };
  return { contentDisposition: prepared as unknown as string, filename: false as const };
};

const attachment = (file: Attachment) => ({
  content: Buffer.from(file.content.buffer, file.content.byteOffset, file.content.byteLength),
  contentType: typeOf(file),
  ...disposition(file),
  ...(file.contentId === undefined ? {} : { cid: file.contentId }),
});

/** HTML as the composer takes it: for it an empty text is none, which is right beside a plain one only. */
const htmlBody = (html: string, text = ''): string | Buffer =>
  html === '' && text === '' ? Buffer.alloc(0) : lines(html);

/**
 * Builds a MIME message: text, HTML, files, files that the HTML shows, and an invitation that mail programs show as one.
 * It names the sender, To, Cc and Reply-To and nobody else, never has a Bcc, and an empty To reads
 * `undisclosed-recipients:;`. Names, subject and headers may be in any script.
 *
 * Content is taken as it is: nothing is read from files or fetched. SES replaces the Message-ID and Date it carries.
 *
 * @returns the message with CRLF line ends; files byte for byte, but for the line ends of attached messages
 * @example await composeMime({ from, to: [{ name: 'Pat', address: 'pat@target.example' }], cc: [], replyTo: [],
 *   subject: 'Hi', text: 'Hi', attachments: [], headers: [] })
 */
export const composeMime: Compose = async (parts) => {
  const { from, text, html, attachments, calendar, headers } = parts;
  const messageId = headers.find(({ name }) => isMessageId(name))?.value.trim();
  const message = new MailComposer({
    envelope: { from: from.address },
    ...(messageId === undefined ? {} : { messageId }),
    ...(text === undefined ? {} : { text: lines(text) }),
    ...(html === undefined ? {} : { html: htmlBody(html, text) }),
    ...(calendar === undefined ? {} : { icalEvent: { method: calendar.method, content: lines(calendar.content) } }),
    attachments: attachments.map(attachment),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile();
  return Buffer.concat([Buffer.from(headerLines(parts)), await message.build()]);
};
