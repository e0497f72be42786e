import { SESClient, SendRawEmailCommand, SetIdentityNotificationTopicCommand } from '@aws-sdk/client-ses';
import { DUMMY_CREDENTIALS } from '../../../local/dummy-credentials.ts';
import { SimulatedSes } from '../../../proof/acceptance/simulated-ses.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:deployed';
const RAW = Buffer.from('From: a@ledger.example\r\nTo: bounce@simulator.amazonses.com\r\nSubject: x\r\n\r\nx');

test('The simulated SES publishes what becomes of a mail to the deployed topic, and keeps what SNS refuses', async () => {
  const published: unknown[] = [];
  let refuses = false;
  const topics = {
    publish: async (topic: string, message: string, subject?: string) => {
      if (refuses) throw new Error('no such topic');
      published.push({ topic, type: JSON.parse(message).eventType ?? JSON.parse(message).notificationType, subject });
    },
  };
  const ses = await SimulatedSes.start(topics, 1);
  const client = new SESClient({ ...DUMMY_CREDENTIALS, endpoint: ses.url });
  try {
    ses.account.configurationSets.set('set', new Set(['Bounce']));
    // before anybody knows the topic
    const wire = { Identity: 'ledger.example', NotificationType: 'Bounce', SnsTopic: TOPIC } as const;
    await client.send(new SetIdentityNotificationTopicCommand(wire));
    ses.account.topicArn = TOPIC;
    const mail = new SendRawEmailCommand({ RawMessage: { Data: RAW }, ConfigurationSetName: 'set' });
    await client.send(mail);
    const idle = async () => {
      while (!ses.isIdle) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await idle();
    expect(published).toEqual([
      { topic: TOPIC, type: 'Bounce', subject: 'Amazon SES Email Event Notification' },
      { topic: TOPIC, type: 'Bounce', subject: undefined },
    ]);
    expect([ses.published, ses.failures, ses.inbox.accepted]).toEqual([2, [], 1]);
    refuses = true;
    await client.send(mail);
    await idle();
    expect(ses.failures).toEqual(['Error: no such topic', 'Error: no such topic']);
  } finally {
    client.destroy();
    await ses.stop();
  }
});
