import { SesAccount } from '../../../local/ses/account.ts';
import { MailboxSimulator } from '../../../local/simulator/mailbox-simulator.ts';
import { acceptedMail, MESSAGE_ID, sayings } from './simulator-under-test.ts';

const at = (name: string) => `${name}@simulator.amazonses.com`;
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const FEEDBACK_ID = expect.stringMatching(/^0100[0-9a-f]{12}-.*-000000$/);

describe('The mailbox simulator', () => {
  test('bounces every bounce address of a mail in one event, and no one else', async () => {
    const { events } = await sayings(acceptedMail([at('bounce+a'), 'pat@target.example', `B <${at('bounce+b')}>`]));
    expect(events.map(({ eventType }) => eventType)).toEqual(['Bounce', 'Delivery']);
    expect(events[0]?.bounce).toEqual({
      feedbackId: FEEDBACK_ID,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [at('bounce+a'), at('bounce+b')].map((emailAddress) => ({
        emailAddress,
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      })),
      timestamp: ISO,
      reportingMTA: expect.stringMatching(/^dsn; /),
    });
    expect(events[1]?.delivery?.recipients).toEqual(['pat@target.example']);
  });

  test('delivers to the complainer first and lets the complaint follow', async () => {
    const { events } = await sayings(acceptedMail([at('complaint+1')]));
    expect(events.map(({ eventType }) => eventType)).toEqual(['Delivery', 'Complaint']);
    expect(events[1]?.complaint).toEqual({
      feedbackId: FEEDBACK_ID,
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: at('complaint+1') }],
      timestamp: ISO,
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: 'abuse',
      arrivalDate: ISO,
    });
  });

  test('delivers to success with the answer the guide names', async () => {
    const { events } = await sayings(acceptedMail([at('success+1')]));
    expect(events).toHaveLength(1);
    expect(events[0]?.delivery).toEqual({
      timestamp: ISO,
      processingTimeMillis: expect.any(Number),
      recipients: [at('success+1')],
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: expect.any(String),
      remoteMtaIp: expect.any(String),
    });
  });

  test('bounces what is on the list of the account, in whatever spelling and for whatever reason, and tries the others', async () => {
    const recipients = [`Pat <PAT@target.example>`, at('complaint'), 'kim@target.example', 'sam@target.example'];
    const { events } = await sayings(acceptedMail(recipients), ({ suppression }) => {
      suppression.put('Pat@target.example', 'BOUNCE');
      suppression.put(at('complaint'), 'COMPLAINT');
      suppression.put('kim@target.example', 'BOUNCE');
      suppression.delete('kim@target.example');
    });
    expect(events.map(({ eventType }) => eventType)).toEqual(['Bounce', 'Delivery']);
    expect(events[0]?.bounce).toEqual({
      feedbackId: FEEDBACK_ID,
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: ['PAT@target.example', at('complaint')].map((emailAddress) => ({
        emailAddress,
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: expect.stringContaining('suppression list for your account'),
      })),
      timestamp: ISO,
      reportingMTA: 'dns; amazonses.com',
    });
    expect(events[1]?.delivery?.recipients).toEqual(['kim@target.example', 'sam@target.example']);
  });

  test('heeds the list of the account only for the reasons that are active', async () => {
    const { events } = await sayings(
      acceptedMail(['pat@target.example']),
      ({ suppression, configurationSetReasons }) => {
        suppression.put('pat@target.example', 'COMPLAINT');
        configurationSetReasons.set('receipts', ['BOUNCE']);
      },
    );
    expect(events.map(({ eventType }) => eventType)).toEqual(['Delivery']);
  });

  test('notifies an identity of what it has the topic for, with headers where it wants them', async () => {
    const mail = acceptedMail([at('bounce'), at('complaint')]);
    const { notifications } = await sayings(mail, ({ identities, topicArn }) => {
      const { topics, headers } = identities.of('ledger.example');
      topics.set('Bounce', topicArn).set('Complaint', topicArn).set('Delivery', `${topicArn}-other`);
      headers.add('Complaint');
    });
    expect(notifications.map(({ notificationType, mail }) => [notificationType, 'headers' in mail])).toEqual([
      ['Bounce', false],
      ['Complaint', true],
    ]);
  });

  test('says of suppressionlist that it is on the global list', async () => {
    const { events } = await sayings(acceptedMail([at('suppressionlist')]));
    expect(events[0]?.bounce).toMatchObject({
      bounceType: 'Permanent',
      bounceSubType: 'Suppressed',
      reportingMTA: 'dns; amazonses.com',
      bouncedRecipients: [
        { status: '5.1.1', action: 'failed', diagnosticCode: expect.stringContaining('recent history of bouncing') },
      ],
    });
  });

  test('answers for somebody out of office with a bounce that has no delivery report', async () => {
    const { events } = await sayings(acceptedMail([at('ooto')]));
    expect(events.map(({ eventType }) => eventType)).toEqual(['Delivery', 'Bounce']);
    expect(events[1]?.bounce).toEqual({
      feedbackId: FEEDBACK_ID,
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: at('ooto') }],
      timestamp: ISO,
    });
  });

  test('delivers each domain in a message of its own', async () => {
    const { events } = await sayings(acceptedMail(['a@one.example', 'b@two.example', 'c@one.example']));
    expect(events.map(({ delivery }) => delivery?.recipients)).toEqual([
      ['a@one.example', 'c@one.example'],
      ['b@two.example'],
    ]);
  });

  test('describes the mail in an event with headers, the id of SES and every tag', async () => {
    const { events } = await sayings(acceptedMail(['Pat <pat@target.example>']));
    expect(events[0]?.mail).toEqual({
      timestamp: '2026-01-02T03:04:05.678Z',
      source: 'Ledger <no-reply@ledger.example>',
      sourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/ledger.example',
      sendingAccountId: '123456789012',
      messageId: MESSAGE_ID,
      destination: ['Pat <pat@target.example>'],
      headersTruncated: false,
      headers: expect.arrayContaining([{ name: 'Subject', value: 'Your receipt' }]),
      commonHeaders: {
        returnPath: 'no-reply@ledger.example',
        from: ['Ledger <no-reply@ledger.example>'],
        to: ['Pat <pat@target.example>'],
        messageId: MESSAGE_ID,
        subject: 'Your receipt',
      },
      tags: {
        'ses:operation': ['SendRawEmail'],
        'ses:configuration-set': ['receipts'],
        'ses:source-ip': ['127.0.0.1'],
        'ses:from-domain': ['ledger.example'],
        'ses:caller-identity': ['local'],
        'ses:outgoing-ip': ['127.0.0.1'],
        stream: ['receipts'],
      },
    });
  });

  test('cuts headers of more than 10 KB and says so', async () => {
    const headers = Array.from({ length: 20 }, (_, n) => ({ name: `X-${n}`, value: 'x'.repeat(1000) }));
    const { events } = await sayings(acceptedMail(['a@target.example'], { headers }));
    expect(events[0]?.mail).toMatchObject({ headersTruncated: true });
    expect(JSON.stringify(events[0]?.mail).length).toBeLessThan(12_000);
  });

  test('notifies a wired identity in the other family as well: no tags, no headers', async () => {
    const { events, notifications } = await sayings(acceptedMail([at('bounce')]), (account) => {
      account.identityTopics = true;
    });
    expect(notifications).toHaveLength(1);
    expect(notifications[0]?.notificationType).toBe('Bounce');
    expect(notifications[0]).not.toHaveProperty('eventType');
    expect(notifications[0]?.bounce).toEqual(events[0]?.bounce);
    expect(Object.keys(notifications[0]?.mail ?? {}).sort()).toEqual(
      'callerIdentity destination messageId sendingAccountId source sourceArn sourceIp timestamp'.split(' '),
    );
  });

  test('includes the original headers, with the Message-ID the sender gave, where the identity asks for them', async () => {
    const { notifications } = await sayings(acceptedMail([at('success')], { configurationSet: null }), (account) => {
      account.identityTopics = true;
      account.identityHeaders = true;
    });
    expect(notifications[0]?.mail).toMatchObject({
      headersTruncated: false,
      commonHeaders: { messageId: '<original@ledger.example>' },
    });
  });

  test('says nothing about a mail in no configuration set from an identity without topics', async () => {
    expect(await sayings(acceptedMail([at('bounce')], { configurationSet: null }))).toEqual({
      events: [],
      notifications: [],
    });
  });

  test('publishes only what the configuration set asks for', async () => {
    const { events } = await sayings(acceptedMail([at('complaint')]), (account) => {
      account.configurationSets.set('receipts', new Set(['Send', 'Complaint']));
    });
    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Complaint']);
    expect(events[0]).toHaveProperty('send', {});
  });

  test('knows no subject yet when it reports that a templated mail was accepted', async () => {
    const { events } = await sayings(acceptedMail([at('success')], { operation: 'SendTemplatedEmail' }), (account) => {
      account.configurationSets.set('receipts', new Set(['Send', 'Delivery']));
    });
    expect(events.map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery']);
    expect(events[0]?.mail).not.toHaveProperty('commonHeaders.subject');
    expect(events[1]?.mail).toHaveProperty('commonHeaders.subject', 'Your receipt');
  });

  test('reports what was accepted and then not sent', async () => {
    const reject = { type: 'Reject', detail: { reason: 'Bad content' } } as const;
    const failure = {
      type: 'Rendering Failure',
      detail: { templateName: 'welcome', errorMessage: 'no name' },
    } as const;
    const rejected = await sayings(acceptedMail([at('success')], { undoing: reject }));
    const failed = await sayings(acceptedMail([at('success')], { undoing: failure }));
    expect(rejected.events).toMatchObject([{ eventType: 'Reject', reject: { reason: 'Bad content' } }]);
    expect(failed.events).toMatchObject([{ eventType: 'Rendering Failure', failure: { templateName: 'welcome' } }]);
  });

  test('says nothing more once it is stopped', async () => {
    const account = new SesAccount();
    account.identityTopics = true;
    const heard: unknown[] = [];
    const sink = { event: () => undefined, notification: (message: object) => heard.push(message) };
    const simulator = new MailboxSimulator(account, sink, { delays: [5, 5], seed: 1 });
    simulator.take(acceptedMail([at('bounce')]));
    expect(simulator.isIdle).toBe(false);
    simulator.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([simulator.isIdle, heard]).toEqual([true, []]);
  });
});
