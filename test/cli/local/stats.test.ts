import * as v from 'valibot';
import { mailTo } from '../../../local/loop/send-mail.ts';
import { lines } from '../harness.ts';
import { bounce, complaint, delivery } from '../messages.ts';
import { StatsLine } from '../schemas/stats.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const given = withCloud({ delays: [1, 5] });

const settled = async () => {
  while (!given.cloud.isSettled()) await new Promise((done) => setTimeout(done, 20));
};

test('counts what the functions have counted, and what is in the list', async () => {
  const { cloud, onCloud } = given;
  for (let i = 0; i < 9; i += 1)
    cloud.topic.publish(JSON.stringify(delivery({ to: `ok-${i}@target.example`, id: `ok-${i}` })));
  cloud.topic.publish(JSON.stringify(bounce({ to: 'dead@target.example', id: 'dead' })));
  cloud.topic.publish(JSON.stringify(complaint({ to: 'ok-1@target.example', id: 'ok-1' })));
  await settled();
  await cloud.invoke('send', mailTo(['dead@target.example']));
  cloud.metrics.put(
    {
      namespace: 'AWS/SES',
      name: 'Reputation.BounceRate',
      dimensions: { 'ses:configuration-set': cloud.addresses.configurationSet },
    },
    0.02,
  );

  const { exit, out, err } = await onCloud(['stats', '--json']);
  expect([exit, err]).toEqual([0, '']);
  const [line] = lines(out).map((each) => v.parse(StatsLine, each));
  expect(line).toMatchObject({
    hours: 24,
    rates: { wired: 'deliveries', volume: 10, bounces: 1, complaints: 1, bounceRate: 0.1, complaintRate: 0.1 },
    ses: { configurationSet: 'suppressor-local', bounceRate: 0.02, complaintRate: null },
    counts: { Feedback: { delivered: 9, 'hard-bounce': 1, complaint: 1 }, Recipients: { suppressed: 1 } },
    list: { of: 'changes', entries: 2, complete: true, byReason: { 'hard-bounce': 1, complaint: 1 } },
  });

  const human = await onCloud(['stats', '--list']);
  expect([human.exit, human.err]).toEqual([0, '']);
  expect(human.out).toContain('1 bounce, 1 complaint, of 10 mails delivered or bounced.\n');
  expect(human.out).toContain('The list: 2 suppressed or allowed\n');
});

test('counts the recipients of each stream that a local cloud names, and of all others together', async () => {
  const { cloud, onCloud } = given;
  const to = ['ok-20@target.example', 'ok-21@target.example'];
  for (const stream of ['newsletter', 'unheard-of']) await cloud.invoke('send', { ...mailTo(to), stream });
  await settled();
  const { out } = await onCloud(['stats', '--json']);
  const [line] = lines(out).map((each) => v.parse(StatsLine, each));
  expect(line?.streams).toEqual({ receipts: 0, newsletter: 2, alerts: 0, other: 2 });
});
