import { LocalQueue } from '../../../local/queue/local-queue.ts';
import { Topic } from '../../../local/queue/topic.ts';

const publish = (message: string, subject?: string) => {
  const queue = new LocalQueue({ name: 'work', visibilityTimeoutMs: 1000 });
  new Topic('feedback', queue).publish(message, subject);
  return JSON.parse(queue.receive(1)[0]?.body ?? '');
};

test('a topic puts the envelope of SNS around a message, its text untouched', () => {
  const envelope = publish('{"eventType":"Bounce"}\n', 'Amazon SES Email Event Notification');
  expect(Object.keys(envelope)).toEqual(
    'Type MessageId TopicArn Subject Message Timestamp SignatureVersion Signature SigningCertURL UnsubscribeURL'.split(
      ' ',
    ),
  );
  expect(envelope).toMatchObject({
    Type: 'Notification',
    TopicArn: 'arn:aws:sns:us-east-1:123456789012:feedback',
    Subject: 'Amazon SES Email Event Notification',
    Message: '{"eventType":"Bounce"}\n',
  });
});

test('a message without a subject has none in its envelope', () => {
  expect(publish('{}')).not.toHaveProperty('Subject');
});
