import { CreateTopicCommand, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { snsClient, snsNotices } from '../../../adapters/sns-notices.ts';
import { type PublishedNotice, startNoticesServer } from '../../../local/alarms/notices-server.ts';
import { arn } from '../../../local/arn.ts';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import type { LoopbackServer } from '../../../local/http/loopback-server.ts';

const TOPIC = arn('sns', 'alarms');
const published: PublishedNotice[] = [];
let server: LoopbackServer;
let client: SNSClient;
beforeEach(async () => {
  published.length = 0;
  server = await startNoticesServer(TOPIC, (notice) => published.push(notice));
  client = snsClient({ ...DUMMY_CREDENTIALS, endpoint: server.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

test('takes notices with every character that XML and forms would mind', async () => {
  const text = 'a <b> & "c"\nzweite Zeile: 5 % +1 = täglich';
  await snsNotices(client, TOPIC).publish({ subject: 'Sending is paused: 5 % & more', text });
  expect(published).toMatchObject([{ subject: 'Sending is paused: 5 % & more', message: text, at: expect.any(Date) }]);
});

test('answers with the id of the message', async () => {
  const { MessageId } = await client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'without a subject' }));
  expect(published).toMatchObject([{ messageId: MessageId, subject: null }]);
});

test.each([
  ['no such topic', new PublishCommand({ TopicArn: arn('sns', 'other'), Message: 'x' }), 'Topic does not exist'],
  [
    'a subject that is too long',
    new PublishCommand({ TopicArn: TOPIC, Message: 'x', Subject: 'y'.repeat(100) }),
    'Subject',
  ],
  ['a subject of two lines', new PublishCommand({ TopicArn: TOPIC, Message: 'x', Subject: 'a\nb' }), 'Subject'],
  ['a subject that is no ASCII', new PublishCommand({ TopicArn: TOPIC, Message: 'x', Subject: 'ä' }), 'Subject'],
  ['a message that is too long', new PublishCommand({ TopicArn: TOPIC, Message: 'x'.repeat(262_145) }), 'too long'],
  ['no message', new PublishCommand({ TopicArn: TOPIC, Message: '' }), 'Empty message'],
  ['another operation', new CreateTopicCommand({ Name: 'x' }) as never, 'Only Publish'],
])('refuses %s', async (_what, command, message) => {
  await expect(client.send(command)).rejects.toThrow(message);
  expect(published).toEqual([]);
});
