import * as v from 'valibot';
import { type AddressCode, parseAddress } from '../address/address.ts';
import type { Instant } from '../instant.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { cleanText, quote } from '../text.ts';
import type { FeedbackEvent } from './event.ts';
import { ID_CHARS, type Mail, readMail, Text } from './mail.ts';
import { isFields, type MalformedCode, type OpenedMessage } from './open-envelope.ts';
import { subscriptionChanges } from './subscription-changes.ts';
import { when } from './when.ts';
import { type Whom, whom } from './whom.ts';

/** What was read about one recipient. */
export type Reading =
  | { readonly kind: 'event'; readonly event: FeedbackEvent }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unusable'; readonly problem: Problem<AddressCode> };

type Fields = { readonly [field: string]: unknown };
type Read = Result<readonly Reading[], Problem<MalformedCode>>;

const Detail = v.object({ timestamp: Text, feedbackId: Text });
type Detail = v.InferOutput<typeof Detail>;
const BounceKind = v.object({ bounceType: Text, bounceSubType: Text });
const ComplaintKind = v.object({ complaintSubType: Text, complaintFeedbackType: Text });
const Status = v.object({ action: Text, status: Text, diagnosticCode: Text });

/** Where each type that is about recipients keeps its detail and its list. */
const PLACES = {
  Bounce: ['bounce', 'bouncedRecipients'],
  Complaint: ['complaint', 'complainedRecipients'],
  Delivery: ['delivery', 'recipients'],
  DeliveryDelay: ['deliveryDelay', 'delayedRecipients'],
} as const;

const isPlaced = (type: string): type is keyof typeof PLACES => Object.hasOwn(PLACES, type);
const given = (text: string | undefined): string | undefined => text?.trim() || undefined;
/** The status code without the comment that RFC 3464 section 2.3.4 lets follow it: `5.1.1 (no such user)`. */
const statusCode = (text: string | undefined): string | undefined => given(given(text)?.split(/[ (]/, 1)[0]);

interface Context {
  readonly mail: Mail;
  readonly at: Instant;
  readonly eventId: string;
}

const contextOf = (type: string, detail: Detail, { message, sentAt }: OpenedMessage): Context | undefined => {
  const mail = readMail(message.mail);
  const at = when(detail.timestamp, mail.acceptedAt, sentAt);
  if (at === undefined) return undefined;
  const eventId = given(detail.feedbackId) ?? `${mail.messageId ?? ''}/${type}/${detail.timestamp ?? ''}`;
  return { mail, at, eventId: cleanText(eventId, ID_CHARS) };
};

// Written out field by field: spreading what the types share costs more than parsing the message did.
const event = (
  type: keyof typeof PLACES,
  detail: Fields,
  entry: Fields,
  complainants: number,
  { mail, at, eventId }: Context,
  { recipient, reported }: Whom & { kind: 'about' },
): FeedbackEvent => {
  const id = `${eventId}#${recipient}`;
  const { messageId, stream, tenant } = mail;
  if (type === 'Bounce') {
    const { bounceType, bounceSubType } = v.parse(BounceKind, detail);
    const { action, status, diagnosticCode } = v.parse(Status, entry);
    return {
      type,
      recipient,
      id,
      at,
      messageId,
      reported,
      stream,
      tenant,
      bounceType: given(bounceType),
      bounceSubType: given(bounceSubType),
      action: given(action)?.toLowerCase(),
      status: statusCode(status),
      diagnosticCode: given(diagnosticCode),
      topic: bounceSubType === 'UnsubscribedRecipient' ? mail.topic() : undefined,
    };
  }
  if (type === 'Complaint') {
    const { complaintSubType, complaintFeedbackType } = v.parse(ComplaintKind, detail);
    return {
      type,
      recipient,
      id,
      at,
      messageId,
      reported,
      stream,
      tenant,
      complaintSubType: given(complaintSubType),
      complaintFeedbackType: given(complaintFeedbackType)?.toLowerCase(),
      complainants,
    };
  }
  return { type, recipient, id, at, messageId, reported, stream };
};

/** A recipient as its fields, whether it is told as an object or, as in deliveries, as bare text. */
const fieldsOf = (entry: unknown): Fields => (isFields(entry) ? entry : { emailAddress: entry });

const readings = (type: keyof typeof PLACES, detail: Fields, list: readonly unknown[], context: Context): Reading[] => {
  const strangers = type === 'Bounce' || type === 'Complaint';
  const destination = strangers ? context.mail.destination() : undefined;
  return list.map((raw): Reading => {
    const entry = fieldsOf(raw);
    const about = whom(entry.emailAddress, destination);
    return about.kind === 'about'
      ? { kind: 'event', event: event(type, detail, entry, list.length, context, about) }
      : about;
  });
};

const noTime = (type: string): Read =>
  fail({
    code: 'NoUsableTime',
    message: `${type}: neither the event, its envelope nor its mail has a usable timestamp`,
  });

const readPlaced = (type: keyof typeof PLACES, opened: OpenedMessage): Read => {
  const [place, listName] = PLACES[type];
  const fields = opened.message[place] ?? {};
  if (!isFields(fields))
    return fail({ code: 'RecipientsNotAList', message: `${place}: expected an object, got ${quote(fields)}` });
  const list = fields[listName] ?? [];
  if (!Array.isArray(list))
    return fail({ code: 'RecipientsNotAList', message: `${place}.${listName}: expected a list, got ${quote(list)}` });
  if (list.length === 0) return ok([]);
  const detail = v.parse(Detail, fields);
  const context = contextOf(type, detail, opened);
  if (context === undefined) return noTime(type);
  const read = readings(type, fields, list, context);
  const bad = read.every((reading) => reading.kind === 'unusable') ? read[0] : undefined;
  if (bad?.kind !== 'unusable') return ok(read);
  return fail({ code: 'NoUsableAddress', message: `${place}.${listName}: ${bad.problem.message}` });
};

const readSubscription = (opened: OpenedMessage): Read => {
  const raw = opened.message.mail;
  const destination = isFields(raw) ? (raw.destination ?? []) : [];
  if (!Array.isArray(destination))
    return fail({
      code: 'RecipientsNotAList',
      message: `mail.destination: expected a list, got ${quote(destination)}`,
    });
  if (destination.length !== 1) return ok([]);
  const fields = isFields(opened.message.subscription) ? opened.message.subscription : ({} as Fields);
  const context = contextOf('Subscription', v.parse(Detail, fields), opened);
  if (context === undefined) return noTime('Subscription');
  const { mail, at, eventId } = context;
  const parsed = parseAddress(destination[0]);
  if (!parsed.ok) return fail({ code: 'NoUsableAddress', message: `mail.destination: ${parsed.error.message}` });
  const recipient = parsed.value;
  const { messageId, stream } = mail;
  const shared = { recipient, id: `${eventId}#${recipient}`, at, messageId, reported: undefined, stream };
  const changes = subscriptionChanges(fields.oldTopicPreferences, fields.newTopicPreferences, stream);
  return ok(
    (changes.length > 0 ? changes : [{ change: undefined, topic: undefined }]).map((change) => ({
      kind: 'event',
      event: { type: 'Subscription', ...shared, ...change },
    })),
  );
};

/**
 * Reads what an SES message says about each recipient, in either family: `eventType` or `notificationType`. Unknown
 * fields, types and subtypes are normal; only what policy reads is looked at.
 *
 * @returns one reading a recipient (of a Subscription: a change); none for types that are about no recipient and for
 *   lists that are missing or empty. An error means the message is malformed and no retry can mend it
 * @see Amazon SES Developer Guide, "Contents of notifications" and "Contents of event data"
 */
export const readMessage = (opened: OpenedMessage): Read => {
  if (isPlaced(opened.type)) return readPlaced(opened.type, opened);
  return opened.type === 'Subscription' ? readSubscription(opened) : ok([]);
};
