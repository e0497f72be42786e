import {
  GetIdentityNotificationAttributesCommand,
  SESClient,
  SetIdentityHeadersInNotificationsEnabledCommand,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { NotificationRefused, SesIdentityNotifications } from '../../adapters/identity-notifications.ts';

const client = new SESClient({ region: 'eu-west-1' });
const ses = mockClient(client);
const notifications = new SesIdentityNotifications(client);
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:Ours';

beforeEach(() => ses.reset());

test('reads the wires of several identities, and leaves out those SES does not know', async () => {
  ses.on(GetIdentityNotificationAttributesCommand, { Identities: ['a.example', 'gone.example'] }).resolves({
    NotificationAttributes: {
      'a.example': {
        BounceTopic: TOPIC,
        ComplaintTopic: '',
        DeliveryTopic: undefined,
        ForwardingEnabled: true,
        HeadersInBounceNotificationsEnabled: true,
      },
    },
  });
  const found = await notifications.read(['a.example', 'gone.example']);
  expect([...found]).toEqual([
    [
      'a.example',
      {
        Bounce: { topic: TOPIC, headers: true },
        Complaint: { topic: null, headers: false },
        Delivery: { topic: null, headers: false },
      },
    ],
  ]);
});

test('sets a topic, and unsets it by leaving it out', async () => {
  ses.on(SetIdentityNotificationTopicCommand).resolves({});
  await notifications.setTopic('a.example', 'Bounce', TOPIC);
  await notifications.setTopic('a.example', 'Delivery', null);
  expect(ses.commandCalls(SetIdentityNotificationTopicCommand).map(({ args }) => args[0].input)).toEqual([
    { Identity: 'a.example', NotificationType: 'Bounce', SnsTopic: TOPIC },
    { Identity: 'a.example', NotificationType: 'Delivery' },
  ]);
});

test('asks for the original headers of one kind', async () => {
  ses.on(SetIdentityHeadersInNotificationsEnabledCommand).resolves({});
  await notifications.setHeaders('a.example', 'Bounce', true);
  expect(ses.commandCalls(SetIdentityHeadersInNotificationsEnabledCommand)[0]?.args[0].input).toEqual({
    Identity: 'a.example',
    NotificationType: 'Bounce',
    Enabled: true,
  });
});

test.each(['InvalidParameterValue', 'InvalidParameterValueException'])('tells %s apart as a refusal', async (name) => {
  const refused = Object.assign(new Error('Invalid SNS topic'), { name });
  ses.on(SetIdentityNotificationTopicCommand).rejects(refused);
  ses.on(SetIdentityHeadersInNotificationsEnabledCommand).rejects(refused);
  await expect(notifications.setTopic('a.example', 'Bounce', TOPIC)).rejects.toBeInstanceOf(NotificationRefused);
  await expect(notifications.setHeaders('a.example', 'Bounce', true)).rejects.toMatchObject({
    code: 'NOTIFICATION_REFUSED',
    message: 'Invalid SNS topic',
    cause: refused,
  });
});

test('lets a fault through as it is', async () => {
  const fault = Object.assign(new Error('Rate exceeded'), { name: 'Throttling' });
  ses.on(SetIdentityNotificationTopicCommand).rejects(fault);
  await expect(notifications.setTopic('a.example', 'Bounce', TOPIC)).rejects.toBe(fault);
});
