import { Output } from '../../../core/contract/index.ts';
import { DAY } from '../../../core/instant.ts';
import type { Check } from '../check.ts';
import { note, ok, unknown, wrong } from '../finding.ts';
import { outputs } from '../patient.ts';

/** Name of a topic, from its ARN. */
const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const IS_AWS_KEY = /(?:^|:)alias\/aws\/sns$/;
const DAYS = 14;

/** Whether the topic is there, and SES can use what encrypts it: proven by what was published of late. */
export const topic: Check = {
  name: 'topic',
  group: 'Feedback',
  needs: ['sns:GetTopicAttributes', 'cloudwatch:GetMetricData'],
  subjects: (patient) => outputs(patient, [Output.TOPIC_ARN]),
  look: async ({ topics, metrics, now, commandLine }, arn) => {
    const found = await topics.topic(arn);
    if (found === null) return wrong('does not exist: all feedback is lost', 'Deploy the stack again.');
    if (found.keyId === null) return note('is not encrypted', 'Deploy the stack again: its own topic has a key.');
    if (IS_AWS_KEY.test(found.keyId))
      return wrong(
        'is encrypted with alias/aws/sns, which SES cannot use: nothing arrives',
        'Deploy the stack again, or set a customer-managed key that lets ses.amazonaws.com use kms:GenerateDataKey and kms:Decrypt.',
      );
    const published = await metrics.sum(
      { namespace: 'AWS/SNS', name: 'NumberOfMessagesPublished', dimensions: { TopicName: nameOf(arn) } },
      now - DAYS * DAY,
    );
    return published > 0
      ? ok(`took ${published.toLocaleString('en')} messages in ${DAYS} days, with a key of its own`)
      : unknown(
          `has a key of its own, and took no message in ${DAYS} days: whether SES can use the key is not known`,
          commandLine('smoke'),
        );
  },
};
