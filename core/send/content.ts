import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import { readBase64 } from './base64.ts';
import { completeCalendar } from './calendar.ts';
import { isDeeperThan } from './depth.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import type { Attachment, MessageContent } from './mailer.ts';
import type { SendRequest } from './request.ts';
import { tooLarge, tooManyParts } from './size.ts';

/** What is to be sent, in one of three forms. */
export type Content =
  | { readonly kind: 'built'; readonly message: MessageContent }
  /** MIME from elsewhere, already without what must not travel. */
  | { readonly kind: 'raw'; readonly raw: Uint8Array }
  | { readonly kind: 'template'; readonly template: string; readonly data: string };

/** SES's limit for the data of a template, in bytes of JSON. */
const DATA_BYTES = 262_144;
/** Objects and lists of a template's data within one another: more would overflow whoever reads them by recursion. */
const DATA_DEPTH = 100;
const LINE_BYTES = 998;
const NEVER_ENCODED = /^message\//i;

const invalid = (message: string): { readonly ok: false; readonly error: SendFailure } =>
  fail(sendFailure('InvalidRequest', message));

/** Reads a field of base64, or says which one is none. */
export const bytesOf = (text: string, field: string): Result<Uint8Array, SendFailure> => {
  const bytes = readBase64(text);
  return bytes === undefined
    ? invalid(`${field}: standard base64 with its padding, line breaks allowed, got ${quote(text)}`)
    : ok(bytes);
};

/** Whether mail carries these bytes as they are, but for the ends of lines. */
const isSevenBit = (bytes: Uint8Array): boolean => {
  let line = 0;
  for (const byte of bytes) {
    line = byte === 10 || byte === 13 ? 0 : line + 1;
    if (byte === 0 || byte > 127 || line > LINE_BYTES) return false;
  }
  return true;
};

const readAttachments = ({ attachments }: SendRequest): Result<Attachment[], SendFailure> => {
  // The message itself is a part too; what text and HTML add is counted once the message is built.
  const fault = tooManyParts(attachments.length + 1);
  if (fault !== undefined) return fail(fault);
  const read: Attachment[] = [];
  for (const [i, { filename, contentType, content, contentId }] of attachments.entries()) {
    const bytes = bytesOf(content, `attachments[${i}].content`);
    if (!bytes.ok) return bytes;
    if (NEVER_ENCODED.test(contentType ?? '') && !isSevenBit(bytes.value))
      return invalid(
        `attachments[${i}]: a file of type ${contentType} may not be encoded, so it must be 7-bit text with lines of at most ${LINE_BYTES} characters; attach it as application/octet-stream`,
      );
    read.push({
      content: bytes.value,
      ...(filename === undefined ? {} : { filename }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(contentId === undefined ? {} : { contentId }),
    });
  }
  return ok(read);
};

/** The content of a message that is to be built here. */
export const builtContent = (request: SendRequest): Result<Content, SendFailure> => {
  const attachments = readAttachments(request);
  if (!attachments.ok) return attachments;
  const { subject = '', text, html, calendar, headers } = request;
  return ok({
    kind: 'built',
    message: {
      subject,
      ...(text === undefined ? {} : { text }),
      ...(html === undefined ? {} : { html }),
      attachments: attachments.value,
      ...(calendar === undefined ? {} : { calendar: completeCalendar(calendar) }),
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    },
  });
};

/** The content of a message that SES makes of a template. */
export const templateContent = ({ name, data }: NonNullable<SendRequest['template']>): Result<Content, SendFailure> => {
  if (isDeeperThan(DATA_DEPTH, data))
    return invalid(`template.data: objects and lists stand more than ${DATA_DEPTH} deep within one another`);
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch {
    json = undefined;
  }
  if (json === undefined) return invalid('template.data: cannot be written as JSON');
  const size = tooLarge('ses', Buffer.byteLength(json), 'template.data', DATA_BYTES);
  return size === undefined ? ok({ kind: 'template', template: name, data: json }) : fail(size);
};
