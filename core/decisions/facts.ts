import { EVERYWHERE } from '../contract/index.ts';
import { type Entry, type Evidence, emptyEntry, type Reason } from '../entry/entry.ts';
import type { FeedbackEvent } from '../feedback/event.ts';
import { cleanText } from '../text.ts';
import type { Decision } from './decide.ts';

const DIAGNOSTIC_CHARS = 200;
const WORD_CHARS = 64;
/** A status is kept if it is one: the rest of what stands there is a stranger's text. */
const STATUS = /^\d\.\d{1,3}\.\d{1,3}$/;

const subtypeOf = (event: FeedbackEvent): string | undefined => {
  if (event.type === 'Bounce') return `${event.bounceType ?? ''}/${event.bounceSubType ?? ''}`;
  if (event.type === 'Complaint') return event.complaintSubType ?? event.complaintFeedbackType;
  return event.type === 'Subscription' ? event.change : undefined;
};

const evidenceOf = (event: FeedbackEvent, { rule, reason }: Decision): Evidence => {
  const subtype = subtypeOf(event);
  const status = event.type === 'Bounce' && STATUS.test(event.status ?? '') ? event.status : undefined;
  const diagnostic = event.type === 'Bounce' ? event.diagnosticCode : undefined;
  return {
    id: event.id,
    at: event.at,
    rule,
    reason: reason as Reason,
    type: event.type,
    ...(subtype === undefined ? {} : { subtype: cleanText(subtype, WORD_CHARS) }),
    ...(status === undefined ? {} : { status }),
    ...(event.messageId === undefined ? {} : { messageId: event.messageId }),
    ...(diagnostic === undefined ? {} : { diagnostic: cleanText(diagnostic, DIAGNOSTIC_CHARS) }),
    ...(event.reported === undefined ? {} : { reported: event.reported }),
  };
};

/**
 * The facts a decision leaves behind, as an entry to merge into the one the table holds.
 *
 * @returns undefined if the decision has no effect
 */
export const factsOf = (event: FeedbackEvent, decision: Decision): Entry | undefined => {
  const { effect, scope } = decision;
  if (scope === null) return undefined;
  const entry = emptyEntry({ address: event.recipient, scope });
  if (effect === 'reset')
    return { ...entry, scope: EVERYWHERE, deliveries: [{ at: event.at, messageId: event.messageId ?? '' }] };
  return { ...entry, evidence: [evidenceOf(event, decision)] };
};
