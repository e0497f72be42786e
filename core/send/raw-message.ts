import { ADDRESS_CHARS } from '../address/address.ts';
import { splitAddressList } from '../mime/address-list.ts';
import { countParts } from '../mime/count-parts.ts';
import { type HeaderField, type Message, readMessage, valuesOf, writeMessage } from '../mime/header-block.ts';
import { messageIdIn } from '../mime/message-id.ts';
import { fail, ok, type Result } from '../result.ts';
import { quote } from '../text.ts';
import { bytesOf } from './content.ts';
import { isUnsubscribeHeader } from './custom-headers.ts';
import { type SendFailure, sendFailure } from './failure.ts';
import type { RecipientField } from './recipients.ts';
import type { SendRequest } from './request.ts';
import { tooLarge, tooManyParts } from './size.ts';
import { readTagHeaders } from './tags.ts';

/** What a raw message says about its own sending, and the message without what must not travel. */
export interface RawMessage {
  readonly raw: Uint8Array;
  /** The mailboxes of its From headers. */
  readonly from: readonly string[];
  /** Those of its To, Cc and Bcc headers. */
  readonly recipients: { readonly [field in RecipientField]: readonly string[] };
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | undefined;
  readonly messageId: string | undefined;
}

const BCC = new Set(['bcc', 'resent-bcc']);
const KEPT = 'x-ses-list-management-options';
/** The usual ones of the headers that SES takes once, else the message is refused with "Duplicate header". */
const ONCE = new Set([
  'from',
  'sender',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'return-path',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'dkim-signature',
]);

const travels = ({ name }: HeaderField): boolean => !BCC.has(name) && (!name.startsWith('x-ses-') || name === KEPT);

/** Names longer than this are not looked at. */
const NAME_CHARS = 10_000;
/** A name and an address in angle brackets: no other address may stand in the name. */
const NAMED = /^(?:[^"<>@:;,()[\]\\]|"(?:[^"\\]|\\.)*")*(<[^<>]*>)$/;

/** A mailbox with a name that is longer than an address may be goes without its name. */
const withoutLongName = (text: string): string =>
  text.length > ADDRESS_CHARS && text.length <= NAME_CHARS ? (NAMED.exec(text)?.[1] ?? text) : text;

/** The mailboxes of a header. */
const mailboxesOf = (fields: readonly HeaderField[], name: string): string[] =>
  valuesOf(fields, name).flatMap(splitAddressList).map(withoutLongName);

const repeated = (fields: readonly HeaderField[]): string | undefined => {
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (seen.has(name)) return name;
    if (ONCE.has(name)) seen.add(name);
  }
  return undefined;
};

const configurationSetOf = (
  fields: readonly HeaderField[],
  asked: string | undefined,
): Result<string | undefined, string> => {
  let found = asked;
  for (const named of valuesOf(fields, 'x-ses-configuration-set')) {
    if (found !== undefined && found !== named)
      return fail(
        `X-SES-CONFIGURATION-SET is ${quote(named)}, but ${quote(found)} is named too; name one configuration set`,
      );
    found = named;
  }
  return ok(found);
};

const unsubscribeFault = ({ fields }: Message): string | undefined => {
  const own = fields.find(({ name }) => isUnsubscribeHeader(name) || name === KEPT);
  return own && `it has the header ${own.name}, which unsubscribe would write; leave one of the two out`;
};

const read = (
  bytes: Uint8Array,
  { stream, configurationSet, unsubscribe }: SendRequest,
): Result<RawMessage, string> => {
  const message = readMessage(bytes);
  if (!message.ok) return message;
  const { fields, rest } = message.value;
  const twice = repeated(fields);
  if (twice !== undefined) return fail(`it has the header ${twice} twice, which SES refuses; give it once`);
  const conflict = unsubscribe ? unsubscribeFault(message.value) : undefined;
  if (conflict !== undefined) return fail(conflict);
  const tags = readTagHeaders(valuesOf(fields, 'x-ses-message-tags'), stream);
  if (!tags.ok) return fail(`X-SES-MESSAGE-TAGS: ${tags.error}`);
  const set = configurationSetOf(fields, configurationSet);
  if (!set.ok) return set;
  return ok({
    raw: writeMessage({ fields: fields.filter(travels), rest }),
    from: mailboxesOf(fields, 'from'),
    recipients: { to: mailboxesOf(fields, 'to'), cc: mailboxesOf(fields, 'cc'), bcc: mailboxesOf(fields, 'bcc') },
    tags: tags.value,
    configurationSet: set.value,
    messageId: valuesOf(fields, 'message-id').map(messageIdIn)[0],
  });
};

/**
 * Reads a message that is MIME already. Bcc and SES's instructions are taken out of its headers; every other header and
 * the body stay as they are, byte by byte.
 *
 * @param base64 - the message as the request gives it
 * @param request - the rest of the request, which the headers may not contradict
 */
export const readRawMessage = (base64: string, request: SendRequest): Result<RawMessage, SendFailure> => {
  const bytes = bytesOf(base64, 'raw');
  if (!bytes.ok) return bytes;
  const fault = tooLarge('ses', bytes.value.byteLength, 'the message') ?? tooManyParts(countParts(bytes.value));
  if (fault !== undefined) return fail(fault);
  const message = read(bytes.value, request);
  return message.ok ? message : fail(sendFailure('InvalidRequest', `raw: ${message.error}`));
};
