import { KEY_TAG } from '../../../core/contract/index.ts';
import { DAY, toIso } from '../../../core/instant.ts';
import type { KeyHash } from '../../../core/messages/key-hash.ts';
import type { StormDecision } from './requests.ts';

const LONG_AGO = 20 * DAY;

const BOUNCES = {
  bounce: ['Permanent', 'General', '5.1.1'],
  expired: ['Permanent', 'Suppressed', '5.1.1'],
  strike: ['Transient', 'General', '4.4.7'],
} as const;

/** What SES says where the list is to learn something, as the body of a queue's message. */
export const messageOf = ({ address, by, scope, ordinal }: StormDecision, now: number): string => {
  const at = toIso(by === 'expired' ? now - LONG_AGO : now - 1000);
  const told = { feedbackId: `storm-${ordinal}`, timestamp: at };
  const mail = { timestamp: at, messageId: `mail-${ordinal}`, destination: [address] };
  switch (by) {
    case 'bounce':
    case 'expired':
    case 'strike': {
      const [bounceType, bounceSubType, status] = BOUNCES[by];
      const bouncedRecipients = [{ emailAddress: address, action: 'failed', status }];
      return JSON.stringify({
        eventType: 'Bounce',
        mail,
        bounce: { bounceType, bounceSubType, bouncedRecipients, ...told },
      });
    }
    case 'complaint':
      return JSON.stringify({
        notificationType: 'Complaint',
        mail,
        complaint: { complainedRecipients: [{ emailAddress: address }], complaintFeedbackType: 'abuse', ...told },
      });
    case 'delivery':
      return JSON.stringify({ eventType: 'Delivery', mail, delivery: { recipients: [address], timestamp: at } });
    default: {
      const topics = (subscriptionStatus: string) => ({
        topicSubscriptionStatus: [{ topicName: scope, subscriptionStatus }],
      });
      const subscription = { oldTopicPreferences: topics('OptIn'), newTopicPreferences: topics('OptOut'), ...told };
      return JSON.stringify({ eventType: 'Subscription', mail, subscription });
    }
  }
};

/** What SES says once it has delivered a mail that was sent with a key. */
export const deliveryOf = (key: KeyHash, messageId: string, recipients: readonly string[], now: number): string =>
  JSON.stringify({
    eventType: 'Delivery',
    mail: {
      timestamp: toIso(now),
      messageId,
      sourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/ledger.example',
      destination: recipients,
      tags: { [KEY_TAG]: [key] },
    },
    delivery: { recipients, timestamp: toIso(now) },
  });
