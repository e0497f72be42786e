import { MESSAGE_TYPES } from '../contract/index.ts';
import type { FeedbackEvent } from './event.ts';

const TYPES: ReadonlySet<string> = new Set(MESSAGE_TYPES);

const BOUNCES = new Set([
  'Undetermined/Undetermined',
  'Permanent/General',
  'Permanent/NoEmail',
  'Permanent/Suppressed',
  'Permanent/OnAccountSuppressionList',
  'Permanent/OnTenantSuppressionList',
  'Permanent/UnsubscribedRecipient',
  'Permanent/EmailValidationSuppressed',
  'Transient/General',
  'Transient/MailboxFull',
  'Transient/MessageTooLarge',
  'Transient/ContentRejected',
  'Transient/AttachmentRejected',
  'Transient/CustomTimeoutExceeded',
]);

/** Whether this is a message type that SES documents. */
export const isFamiliarType = (type: string): type is (typeof MESSAGE_TYPES)[number] => TYPES.has(type);

/**
 * The type and subtype of a bounce that SES does not document, or undefined: worth one log line, never an error.
 *
 * @example unfamiliarBounce(event) // 'Permanent/NewIn2027'
 */
export const unfamiliarBounce = (event: FeedbackEvent): string | undefined => {
  if (event.type !== 'Bounce') return undefined;
  const name = `${event.bounceType ?? ''}/${event.bounceSubType ?? ''}`;
  return BOUNCES.has(name) ? undefined : name;
};
