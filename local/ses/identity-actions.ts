import type { SesAccount } from './account.ts';
import { type AccountAction, readBoolean } from './account-actions.ts';
import { invalidParameter } from './fault.ts';
import { NOTIFICATION_TYPES, type NotificationType } from './identities.ts';
import type { QueryForm } from './query-form.ts';
import type { XmlFields } from './xml-answer.ts';

/** What can be done with the settings of identities, by the action's name. */
export const IDENTITY_ACTIONS: Readonly<Record<string, AccountAction>> = {
  GetIdentityNotificationAttributes: (form, account) => ({
    NotificationAttributes: ofEach(form, account, (identity) => notificationAttributes(identity, account)),
  }),
  GetIdentityVerificationAttributes: (form, account) => ({
    VerificationAttributes: ofEach(form, account, (identity) => ({
      VerificationStatus: account.isVerified(identity) ? 'Success' : 'Pending',
    })),
  }),
  /** Without a topic, the type has none from now on. */
  SetIdentityNotificationTopic: (form, account) => {
    const identity = readIdentity(form, account);
    const { topics } = account.identities.of(identity);
    const type = readType(form);
    const topic = form.text('SnsTopic');
    if (topic === undefined) topics.delete(type);
    else if (topic === account.topicArn || account.everyTopicExists) topics.set(type, topic);
    else throw invalidParameter(`Invalid SNS topic <${topic}>: it does not exist or Amazon SES may not publish to it.`);
    return {};
  },
  SetIdentityFeedbackForwardingEnabled: (form, account) => {
    const identity = readIdentity(form, account);
    const forwarding = readBoolean(form, 'ForwardingEnabled');
    if (!forwarding && !account.hasFeedbackTopics(identity)) {
      throw invalidParameter(`Identity <${identity}> needs topics for bounces and complaints before forwarding ends.`);
    }
    account.identities.of(identity).forwarding = forwarding;
    return {};
  },
  SetIdentityHeadersInNotificationsEnabled: (form, account) => {
    const { headers } = account.identities.of(readIdentity(form, account));
    const type = readType(form);
    if (readBoolean(form, 'Enabled')) headers.add(type);
    else headers.delete(type);
    return {};
  },
};

function notificationAttributes(identity: string, account: SesAccount): XmlFields {
  const { headers, forwarding } = account.identities.read(identity);
  const of = (type: NotificationType): XmlFields => {
    const topic = account.topicOf(identity, type);
    return {
      ...(topic !== undefined && { [`${type}Topic`]: topic }),
      [`HeadersIn${type}NotificationsEnabled`]: String(account.identityHeaders || headers.has(type)),
    };
  };
  return Object.assign({ ForwardingEnabled: String(forwarding) }, ...NOTIFICATION_TYPES.map(of));
}

/** One answer an identity; of those SES does not know it says nothing. */
function ofEach(form: QueryForm, account: SesAccount, answer: (identity: string) => XmlFields): Map<string, XmlFields> {
  const known = form.list('Identities').filter((identity) => isKnown(identity, account));
  return new Map(known.map((identity) => [identity, answer(identity)]));
}

const isKnown = (identity: string, account: SesAccount): boolean =>
  account.isVerified(identity) || account.identities.names.includes(identity.toLowerCase());

function readIdentity(form: QueryForm, account: SesAccount): string {
  const identity = form.text('Identity') ?? '';
  if (identity !== '' && isKnown(identity, account)) return identity;
  throw invalidParameter(`Identity <${identity}> does not exist.`);
}

function readType(form: QueryForm): NotificationType {
  const given = form.text('NotificationType');
  const type = NOTIFICATION_TYPES.find((known) => known === given);
  if (type === undefined) throw invalidParameter(`NotificationType must be one of ${NOTIFICATION_TYPES.join(', ')}.`);
  return type;
}
