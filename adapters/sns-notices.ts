import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import type { Notices } from '../core/breaker/notices.ts';

/**
 * An SNS client for notices. What got no answer is repeated: told twice is better than never.
 *
 * @param config - goes before the defaults, for an endpoint or a Region of one's own
 */
export const snsClient = (config: SNSClientConfig = {}): SNSClient =>
  new SNSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });

/**
 * Notices to an SNS topic, whose subscribers are mailed.
 *
 * @example await snsNotices(snsClient(), topicArn).publish({ subject: 'Sending is paused', text: '…' })
 */
export const snsNotices = (client: SNSClient, topicArn: string): Notices => ({
  async publish({ subject, text }) {
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
  },
});
