import { invalidParameter } from './fault.ts';
import { type Draft, type Header, headerValue } from './mail.ts';
import { splitMailboxes } from './mailbox.ts';
import { readMimeHeaders } from './mime-headers.ts';
import type { QueryForm } from './query-form.ts';
import { holdsTestVirus } from './virus.ts';

const MAX_RAW_BYTES = 10 * 1024 * 1024;

/**
 * Reads a `SendRawEmail` call. `Destinations` is the envelope; without it the To, Cc and Bcc headers are.
 *
 * @throws SesFault `InvalidParameterValue`
 */
export function readSendRawEmail(form: QueryForm): Draft {
  const raw = Buffer.from(form.text('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw invalidParameter('Message must not be empty.');
  if (raw.length > MAX_RAW_BYTES) {
    throw invalidParameter(`Message length is more than ${MAX_RAW_BYTES} bytes long: '${raw.length}'.`);
  }
  const headers = readMimeHeaders(raw);
  const from = headerValue(headers, 'From');
  if (from === undefined) throw invalidParameter("Missing required header 'From'.");
  const destinations = form.list('Destinations');
  const tags = form.pairs('Tags');
  return {
    operation: 'SendRawEmail',
    source: form.text('Source') ?? from,
    recipients: destinations.length > 0 ? destinations : headerRecipients(headers),
    headers,
    tags: tags.length > 0 ? tags : headerTags(headers),
    configurationSet: form.text('ConfigurationSetName') ?? headerValue(headers, 'X-SES-CONFIGURATION-SET') ?? null,
    raw,
    content: null,
    undoing: holdsTestVirus(raw) ? { type: 'Reject', detail: { reason: 'Bad content' } } : null,
  };
}

const headerRecipients = (headers: readonly Header[]): string[] =>
  ['To', 'Cc', 'Bcc'].flatMap((name) => splitMailboxes(headerValue(headers, name) ?? ''));

/** The tags of a header, which count only if the call itself gave none. */
function headerTags(headers: readonly Header[]): Header[] {
  const text = headerValue(headers, 'X-SES-MESSAGE-TAGS') ?? '';
  return text
    .split(/[,;]/)
    .map((pair) => pair.split('=').map((part) => part.trim()))
    .flatMap(([name = '', value = '']) => (name === '' ? [] : [{ name, value }]));
}
