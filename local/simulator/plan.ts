import type { AcceptedMail } from '../ses/mail.ts';
import { bareAddress, domainOf } from '../ses/mailbox.ts';
import { ACCOUNT_LIST, type BounceKind, bounceDetail, GLOBAL_LIST, OUT_OF_OFFICE, USER_UNKNOWN } from './bounce.ts';
import { complaintDetail } from './complaint.ts';
import { deliveryDetail } from './delivery.ts';
import type { PlannedFeedback } from './feedback.ts';
import { simulatorName } from './simulator-address.ts';

const BOUNCES: Readonly<Record<string, BounceKind>> = { bounce: USER_UNKNOWN, suppressionlist: GLOBAL_LIST };

/** The shortest and the longest wait, in milliseconds, before SES says the next thing about a mail. */
export type Delays = readonly [least: number, most: number];

/**
 * What SES will say about a mail, in order. Recipients who share a fate share a message: the bounced of one kind, the
 * delivered of one domain.
 *
 * @param random - from 0 up to 1; chooses the waits
 * @param isListed - whether the account's own list stops mail to an address; it is asked before anything else
 */
export function planFeedback(
  mail: AcceptedMail,
  delays: Delays,
  random: () => number,
  isListed: (address: string) => boolean,
): PlannedFeedback[] {
  const wait = (): number => Math.round(delays[0] + random() * (delays[1] - delays[0]));
  const send = { type: 'Send', key: 'send', recipients: [], afterMs: 0, makeDetail: () => ({}) } as const;
  if (mail.undoing !== null) {
    const { type, detail } = mail.undoing;
    const key = type === 'Reject' ? 'reject' : 'failure';
    const undone: PlannedFeedback = { type, key, recipients: [], afterMs: wait(), makeDetail: () => detail };
    return type === 'Reject' ? [send, undone] : [undone];
  }
  const everybody = mail.recipients.map(bareAddress);
  const listed = everybody.filter(isListed);
  const tried = everybody.filter((address) => !isListed(address));
  const named = groupBy(tried, (address) => simulatorName(address) ?? '');
  const bounced = (kind: BounceKind, recipients: readonly string[]): PlannedFeedback => ({
    type: 'Bounce',
    key: 'bounce',
    recipients,
    afterMs: wait(),
    makeDetail: (at) => bounceDetail(kind, recipients, at),
  });
  const delivered = tried.filter((address) => !((simulatorName(address) ?? '') in BOUNCES));
  const complained = named.get('complaint');
  const away = named.get('ooto');
  return [
    send,
    ...(listed.length === 0 ? [] : [bounced(ACCOUNT_LIST, listed)]),
    ...Object.entries(BOUNCES).flatMap(([name, kind]) => {
      const recipients = named.get(name);
      return recipients === undefined ? [] : [bounced(kind, recipients)];
    }),
    ...[...groupBy(delivered, domainOf).values()].map((recipients) => deliveryTo(recipients, mail, wait())),
    ...(complained === undefined ? [] : [complaintBy(complained, wait())]),
    ...(away === undefined ? [] : [bounced(OUT_OF_OFFICE, away)]),
  ];
}

function deliveryTo(recipients: readonly string[], mail: AcceptedMail, afterMs: number): PlannedFeedback {
  const isSimulator = recipients.some((address) => simulatorName(address) !== null);
  const response = isSimulator ? '250 2.6.0 Message received' : '250 2.0.0 OK';
  return {
    type: 'Delivery',
    key: 'delivery',
    recipients,
    afterMs,
    makeDetail: (at) => deliveryDetail(recipients, response, mail.acceptedAt, at),
  };
}

const complaintBy = (recipients: readonly string[], afterMs: number): PlannedFeedback => ({
  type: 'Complaint',
  key: 'complaint',
  recipients,
  afterMs,
  makeDetail: (at) => complaintDetail(recipients, at),
});

function groupBy(addresses: readonly string[], key: (address: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const address of addresses) {
    const group = groups.get(key(address));
    if (group === undefined) groups.set(key(address), [address]);
    else group.push(address);
  }
  return groups;
}
