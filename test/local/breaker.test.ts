import { PublishCommand } from '@aws-sdk/client-sns';
import { snsClient } from '../../adapters/sns-notices.ts';
import { METRIC_NAMESPACE, Metric } from '../../core/contract/index.ts';
import { type LocalCloud, startLocalCloud } from '../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import { mailTo } from '../../local/loop/send-mail.ts';
import { onCloud } from '../cli/local/harness.ts';

jest.setTimeout(60_000);

const SET = 'suppressor-local';
const MINUTE = 60_000;
let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startLocalCloud({ delays: [1, 10] });
  cloud.account.settingsRate = null;
});
afterEach(() => cloud.stop());

/** What the breaker came to, or the error it failed with. */
const evaluate = async (event: unknown = {}): Promise<unknown> => {
  const outcome = await cloud.invoke('breaker', event);
  return outcome.ok ? JSON.parse(outcome.payload) : outcome.error;
};

const send = async (to: string, more: object = {}) => {
  const outcome = await cloud.invoke('send', { ...mailTo([to]), ...more });
  return JSON.parse(outcome.ok ? outcome.payload : outcome.error.errorMessage);
};

const until = async (holds: () => boolean) => {
  const deadline = Date.now() + 30_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

/** What was counted so far, however long ago it is made to be. */
const counted = (name: string, rule: string) =>
  cloud.metrics
    .read(
      { namespace: METRIC_NAMESPACE, name, dimensions: { rule } },
      { from: 0, to: Date.now() + MINUTE, periodMs: MINUTE, statistic: 'Sum' },
    )
    .reduce((sum, { value }) => sum + value, 0);

/** Waits until so many more are counted: what a function writes comes after its answer. */
const untilCounted = async (name: string, rule: string, more: number, act: () => void) => {
  const before = counted(name, rule);
  act();
  await until(() => counted(name, rule) >= before + more);
  expect(counted(name, rule)).toBe(before + more);
};

let mails = 0;
const mail = (to: string) => {
  mails += 1;
  const messageId = `0100-${mails}`;
  return { timestamp: new Date().toISOString(), source: 'a@ledger.example', messageId, destination: [to] };
};

/** Has SES report so many hard bounces of real addresses. */
const bounce = (count: number) =>
  untilCounted(Metric.FEEDBACK, 'hard-bounce', count, () => {
    for (let i = 0; i < count; i += 1) {
      const to = `dead-${mails}@target.example`;
      const message = {
        eventType: 'Bounce',
        mail: mail(to),
        bounce: {
          feedbackId: `f-${mails}`,
          bounceType: 'Permanent',
          bounceSubType: 'General',
          timestamp: new Date().toISOString(),
          bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1' }],
        },
      };
      cloud.topic.publish(JSON.stringify(message));
    }
  });

/** Has SES report deliveries to so many people, fifty a mail. */
const deliver = (count: number) =>
  untilCounted(Metric.FEEDBACK, 'delivered', count, () => {
    for (let left = count; left > 0; left -= 50) {
      const recipients = Array.from({ length: Math.min(50, left) }, (_, i) => `pat-${i}@target.example`);
      cloud.topic.publish(
        JSON.stringify({
          eventType: 'Delivery',
          mail: { ...mail(''), destination: recipients },
          delivery: { timestamp: new Date().toISOString(), recipients },
        }),
      );
    }
  });

/** Runs a command of the command line against this cloud. */
const command = (args: readonly string[], now: () => number) => onCloud(cloud)(args, { now });

describe('The circuit breaker, as a deployed bundle', () => {
  test('keeps sending on while mail is healthy', async () => {
    await deliver(1100);
    await bounce(20);
    expect(await evaluate()).toBe('kept');
    expect([...cloud.account.pausedConfigurationSets, ...cloud.notices]).toEqual([]);
  });

  test('does not trip on a bad rate of too little mail, and counts that', async () => {
    await deliver(100);
    await bounce(60);
    expect(await evaluate()).toBe('kept');
    await until(() => counted(Metric.BREAKER, 'below-minimum') === 1);
    expect([...cloud.account.pausedConfigurationSets, ...cloud.notices]).toEqual([]);
  });

  test('leaves the mailbox simulator out', async () => {
    await deliver(1000);
    for (let i = 0; i < 80; i += 1) await send(`bounce+${i}@simulator.amazonses.com`);
    await until(() => counted(Metric.SIMULATOR, 'hard-bounce') === 80);
    expect(await evaluate()).toBe('kept');
    expect(counted(Metric.BREAKER, 'below-minimum')).toBe(0);
  });

  test('trips on a bad rate, tells once, is resumed by command and trips again on new bad mail only', async () => {
    await deliver(1000);
    await bounce(60);
    expect(await evaluate({ anything: 'an alarm would say' })).toBe('tripped');
    expect([...cloud.account.pausedConfigurationSets]).toEqual([SET]);
    expect(cloud.notices).toMatchObject([{ subject: 'Sending is paused: bounce rate 5.66 % (suppressor-local)' }]);
    expect(cloud.notices[0]?.message).toContain('60 of 1060 mails bounced for good');
    expect(cloud.notices[0]?.message).toContain(`resume --note "..." --endpoint ${cloud.addresses.lambda}`);
    await until(() => counted(Metric.BREAKER, 'tripped') === 1);

    expect(await send('pat@target.example')).toMatchObject({ code: 'SendingPaused' });
    cloud.sendQueue.send(JSON.stringify(mailTo(['queued@target.example'])));
    await until(() => cloud.sendQueue.deliveries === 1 && cloud.sendQueue.visibleWithin(850_000) === 0);
    expect([cloud.inbox.accepted, cloud.sendQueue.inFlight, cloud.sendDeadLetterQueue.size]).toEqual([0, 1, 0]);

    expect([await evaluate(), await evaluate()]).toEqual(['paused', 'paused']);
    expect([cloud.notices.length, counted(Metric.BREAKER, 'tripped')]).toEqual([1, 1]);

    // ten minutes later, and two minutes before what follows
    cloud.metrics.age(10);
    const resumed = await command(['resume', '--note', 'list cleaned'], () => Date.now() - 2 * MINUTE);
    expect(resumed).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('60 of 1060 mails bounced') });
    expect(cloud.account.pausedConfigurationSets.size).toBe(0);
    expect(await send('pat@target.example')).toMatchObject({ status: 'sent' });
    await until(() => counted(Metric.FEEDBACK, 'delivered') === 1001);
    expect([cloud.inbox.accepted, cloud.sendQueue.inFlight]).toEqual([1, 1]);

    expect([await evaluate(), await evaluate()]).toEqual(['kept', 'kept']);
    await deliver(990);
    expect(await evaluate()).toBe('kept');
    await bounce(60);
    expect(await evaluate()).toBe('tripped');
    expect(cloud.notices).toHaveLength(2);
    expect(cloud.notices[1]?.message).toContain('60 of 1051 mails bounced for good');
  });

  test("trips on SES's own rate, and after a resumption only once that has recovered", async () => {
    const rate = (value: number) =>
      cloud.metrics.put(
        { namespace: 'AWS/SES', name: 'Reputation.BounceRate', dimensions: { 'ses:configuration-set': SET } },
        value,
        Math.floor(Date.now() / 300_000) * 300_000,
      );
    await deliver(1000);
    await bounce(6);
    rate(0.06);
    expect(await evaluate()).toBe('tripped');
    expect(cloud.notices[0]?.message).toContain("SES's own bounce rate is 6 % (6 of 1006 mails");

    const before = Date.now() - 20 * MINUTE;
    await command(['resume'], () => before);
    expect(await evaluate()).toBe('kept');
    cloud.metrics.age(5);
    rate(0.024);
    expect(await evaluate()).toBe('kept');
    cloud.metrics.age(5);
    rate(0.06);
    expect(await evaluate()).toBe('tripped');
    expect(cloud.notices).toHaveLength(2);
  });

  test('takes what was switched in the console for what it is', async () => {
    cloud.account.setSending(SET, false);
    expect(await evaluate()).toBe('noticed');
    cloud.account.setSending(SET, true);
    await deliver(1000);
    await bounce(60);
    cloud.metrics.age(3);
    expect([await evaluate(), await evaluate()]).toEqual(['noticed', 'kept']);
    expect(cloud.account.pausedConfigurationSets.size).toBe(0);
  });

  test('tells over a topic that refuses what SNS refuses', async () => {
    const sns = snsClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sns });
    await expect(
      sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:1:other', Message: 'x' })),
    ).rejects.toThrow('Topic does not exist');
    await sns.send(new PublishCommand({ TopicArn: cloud.addresses.alarmTopic, Subject: 'Hi', Message: 'a <b> & c' }));
    sns.destroy();
    expect(cloud.notices).toMatchObject([{ subject: 'Hi', message: 'a <b> & c' }]);
  });
});
