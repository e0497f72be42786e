import type { Draw } from '../draw.ts';

export type Fields = { readonly [field: string]: unknown };

/** Somebody a mail was sent to, and another who got the same mail. */
export interface Person {
  /** The address as its own key. */
  readonly key: string;
  /** The same mailbox as remote servers and callers write it. */
  readonly written: string;
  readonly other: string;
}

/** One message of SES less its mail, and what is to come of it. */
export interface Shape {
  readonly type: string;
  /** The rule for each of its lines, `unusable` for a recipient without a usable address. */
  readonly rules: readonly string[];
  readonly place?: string;
  readonly detail?: Fields;
  /** Whom the mail was sent to. @default - the person alone */
  readonly destination?: readonly string[];
  /** Sender's tags, and headers: the configuration-set family carries the tags. */
  readonly tags?: { readonly [name: string]: readonly string[] };
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  /** Told as identity notifications too, which have no tags. @default true */
  readonly inBothFamilies?: boolean;
}

/** Makes a message about somebody. */
export type Make = (person: Person, draw: Draw) => Shape;

/** Topics of the one contact list. */
export const TOPICS = ['news', 'offers', 'product'];
const DIAGNOSTICS = [
  'smtp; 550 5.1.1 user unknown',
  'smtp; 452 4.2.2 mailbox full',
  `smtp; 550 ${'blocked, see https://postmaster.target.example/why '.repeat(6)}`,
  'smtp; 421 4.4.2\r\nconnection\tdropped',
];

/** One bounced recipient, with a delivery status or without. */
export const recipient = (emailAddress: string, status: string | undefined, draw: Draw, action = 'failed'): Fields => ({
  emailAddress,
  ...(status === undefined ? {} : { action, status }),
  ...(status === undefined || draw.is(0.2) ? {} : { diagnosticCode: draw.pick(DIAGNOSTICS) }),
});

/** A bounce, of any recipients. */
export const bounceOf = (
  rules: readonly string[],
  bounceType: string,
  bounceSubType: string,
  bouncedRecipients: unknown,
  more: Partial<Shape> = {},
): Shape => ({
  type: 'Bounce',
  place: 'bounce',
  rules,
  detail: { bounceType, bounceSubType, bouncedRecipients, reportingMTA: 'dns; mx.target.example' },
  ...more,
});

/** A bounce of the person, with one of these statuses. */
export const bounce =
  (rule: string, type: string, subtype: string, statuses: readonly (string | undefined)[]): Make =>
  ({ written }, draw) =>
    bounceOf([rule], type, subtype, [recipient(written, draw.pick(statuses), draw)]);

/** A complaint, of any recipients. */
export const complaintOf = (rules: readonly string[], detail: Fields, more: Partial<Shape> = {}): Shape => ({
  type: 'Complaint',
  place: 'complaint',
  rules,
  detail,
  ...more,
});

/** A complaint of the person. */
export const complaint =
  (rule: string, detail: Fields): Make =>
  ({ written }) =>
    complaintOf([rule], { complainedRecipients: [{ emailAddress: written }], ...detail });

/** A contact's preferences: topics by name. */
export const preferences = (topics: Fields, unsubscribeAll = false): Fields => ({
  unsubscribeAll,
  topicSubscriptionStatus: Object.entries(topics).map(([topicName, subscriptionStatus]) => ({
    topicName,
    subscriptionStatus,
  })),
});

/** A change of preferences. */
export const subscriptionOf = (
  rules: readonly string[],
  from: Fields,
  to: Fields,
  more: Partial<Shape> = {},
): Shape => ({
  type: 'Subscription',
  place: 'subscription',
  rules,
  detail: {
    contactList: 'customers',
    source: 'UnsubscribeHeader',
    oldTopicPreferences: from,
    newTopicPreferences: to,
  },
  inBothFamilies: false,
  ...more,
});

/** Mail withheld because the person had unsubscribed, from something that is known or not. */
export const unsubscribed: Make = ({ written }, draw) => {
  const listed = [recipient(written, undefined, draw)];
  const known = draw.below(3);
  return bounceOf(['unsubscribed'], 'Permanent', 'UnsubscribedRecipient', listed, {
    inBothFamilies: false,
    ...(known === 0 ? { tags: { stream: [draw.pick(TOPICS)] } } : {}),
    ...(known === 1
      ? { headers: [{ name: 'X-SES-LIST-MANAGEMENT-OPTIONS', value: `customers; topic=${draw.pick(TOPICS)}` }] }
      : {}),
  });
};

/** The tag of a tenant, mostly. */
export const tenantTags = (draw: Draw) =>
  draw.is(0.8) ? { tags: { 'ses:tenant-name': [`tenant${draw.below(3)}`] } } : {};

/** A message that is about nobody on the list. */
export const quiet =
  (type: string, place: string, detail: Fields): Make =>
  () => ({ type, place, detail, rules: ['other'] });
