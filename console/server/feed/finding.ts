import type { Verdict } from '../../../core/decisions/classify.ts';
import { isFields } from '../../../core/feedback/open-envelope.ts';

type Fields = { readonly [field: string]: unknown };

const given = (parts: readonly unknown[], between: string): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(between);

/** What stands in a message beside its mail, by its place. */
const inside = (message: Fields, place: string): Fields => {
  const detail = message[place];
  return isFields(detail) ? detail : {};
};

/** What SES found of a message that is about no recipient, or says no more of them. */
const ofMessage = (type: string, message: Fields): string => {
  switch (type) {
    case 'Delivery':
      return given([inside(message, 'delivery').smtpResponse], '');
    case 'DeliveryDelay':
      return given([inside(message, 'deliveryDelay').delayType], '');
    case 'Reject':
      return given([inside(message, 'reject').reason], '');
    case 'Rendering Failure':
      return given([inside(message, 'failure').errorMessage], '');
    case 'Click':
      return given([inside(message, 'click').link], '');
    default:
      return '';
  }
};

/** What the remote server said of a bounce; empty if it said nothing. */
export const serverSaid = ({ event }: Verdict): string => {
  if (event?.type !== 'Bounce') return '';
  const { status, diagnosticCode: diagnostic } = event;
  return given([status !== undefined && diagnostic?.includes(status) ? '' : status, diagnostic], ', ');
};

/**
 * What was found about one recipient, in a few words of SES and of the remote server.
 *
 * @param message - what the decision is made of; empty if it is not there
 * @example 'Permanent/General, smtp; 550 5.1.1 user unknown'
 */
export const findingOf = (verdict: Verdict, message: Fields): string => {
  const { event, type, decision } = verdict;
  if (decision.rule === 'foreign-recipient') return 'about an address that the mail did not go to';
  if (event?.type === 'Bounce')
    return given([given([event.bounceType, event.bounceSubType], '/'), serverSaid(verdict)], ', ');
  if (event?.type === 'Complaint') return given([event.complaintSubType, event.complaintFeedbackType], ', ');
  if (event?.type === 'Subscription') return given([event.change, event.topic], ' ');
  return ofMessage(type, message);
};
