import {
  GetTopicAttributesCommand,
  NotFoundException,
  paginateListSubscriptionsByTopic,
  type SNSClient,
} from '@aws-sdk/client-sns';
import type { SubscriptionFacts, Topics } from '../ports.ts';

/** SNS's topics in the Region of the client. */
export const realTopics = (client: SNSClient): Topics => ({
  async topic(arn) {
    try {
      const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
      return { keyId: Attributes.KmsMasterKeyId || null, policy: Attributes.Policy ?? '' };
    } catch (error) {
      if (error instanceof NotFoundException) return null;
      throw error;
    }
  },
  async subscriptions(arn) {
    const found: SubscriptionFacts[] = [];
    // what was unsubscribed is still told of for a while
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: arn }))
      for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of Subscriptions)
        if (SubscriptionArn !== 'Deleted')
          found.push({ protocol: Protocol, endpoint: Endpoint, confirmed: SubscriptionArn.startsWith('arn:') });
    return found;
  },
});
