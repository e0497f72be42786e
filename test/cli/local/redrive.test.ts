import * as v from 'valibot';
import { mailTo } from '../../../local/loop/send-mail.ts';
import { lines } from '../harness.ts';
import { bounce } from '../messages.ts';
import { CauseLine, RedriveSummary } from '../schemas/redrive.ts';
import { withCloud } from './harness.ts';

jest.setTimeout(60_000);

const given = withCloud({ delays: [1, 5] });

const settled = async () => {
  while (!given.cloud.isSettled()) await new Promise((done) => setTimeout(done, 20));
};

/** The causes and the summary, each line checked. */
const redrive = async (...args: string[]) => {
  const { exit, out, err } = await given.onCloud(['redrive', ...args, '--json']);
  const said = lines(out);
  const causes = said.slice(0, -1).map((line) => v.parse(CauseLine, line));
  return { exit, err, causes, summary: v.parse(RedriveSummary, said.at(-1)) };
};

test('queued requests go back and are mailed once, those that SQS moved by the key they always had', async () => {
  const { sendDeadLetterQueue, inbox } = given.cloud;
  const before = inbox.accepted;
  const id = sendDeadLetterQueue.send(JSON.stringify(mailTo(['pat@target.example'])));
  const dry = await redrive('sends');
  expect([dry.exit, dry.err]).toEqual([3, '']);
  expect(dry.causes).toMatchObject([{ code: 'MovedBySqs', letters: 1, goesBack: 1, sample: { key: `sqs-${id}` } }]);
  expect([sendDeadLetterQueue.size, dry.summary.moved]).toEqual([1, null]);

  expect(await redrive('sends', '--yes')).toMatchObject({ exit: 0, summary: { moved: 1, stayed: [] } });
  await settled();
  const asked = await given.onCloud(['message', '--key', `sqs-${id}`, '--json']);
  expect([asked.exit, lines(asked.out)[0]?.state]).toEqual([0, 'sent']);

  // The same letter once more, as if it could not be removed the first time: it has its key now.
  const keyed = { ...mailTo(['pat@target.example']), idempotencyKey: `sqs-${id}` };
  sendDeadLetterQueue.send(JSON.stringify(keyed));
  expect(await redrive('sends', '--yes')).toMatchObject({ exit: 0, summary: { moved: 1 } });
  await settled();
  expect(inbox.accepted).toBe(before + 1);
  expect(sendDeadLetterQueue.size).toBe(0);
});

test('feedback that nobody can read comes back, once, and is not moved for ever', async () => {
  given.cloud.queue.send('not json');
  await settled();
  const dry = await redrive('feedback');
  expect(dry).toMatchObject({ exit: 3, causes: [{ code: 'NotJson', letters: 1, sample: { key: null } }] });
  expect(await redrive('feedback', '--yes')).toMatchObject({ exit: 0, summary: { moved: 1 } });
  await settled();
  expect(await redrive('feedback')).toMatchObject({ exit: 3, causes: [{ code: 'NotJson', letters: 1 }] });
  given.cloud.deadLetterQueue.moveAll(() => given.cloud.failedSends);
  given.cloud.failedSends.showAll();
});

test('what is no record of Lambda stays in the queue of failed sends', async () => {
  expect(await redrive('failed-sends', '--yes')).toMatchObject({
    exit: 3,
    summary: { moved: 0, stayed: [{ why: "is no record of Lambda's", letters: 1 }] },
  });
  for (const letter of given.cloud.failedSends.receive(10)) given.cloud.failedSends.delete(letter.receiptHandle);
});

test('feedback that SQS set aside is moved by a task of SQS, and applied', async () => {
  given.cloud.deadLetterQueue.send(JSON.stringify(bounce({ to: 'late@target.example' })));
  const { exit, out, err } = await given.onCloud(['redrive', 'feedback', '--yes']);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toMatch(/moved by SQS after 5 receives/);
  expect(out).toMatch(/1 letter moved to the feedback queue\.\n$/);
  await settled();
  expect((await given.onCloud(['check', 'late@target.example'])).exit).toBe(3);
});

test('an asynchronous send that SES refused goes to the send queue and is mailed once', async () => {
  const { account, addresses, inbox, failedSends } = given.cloud;
  const before = inbox.accepted;
  account.sendingPaused = true;
  await fetch(`${addresses.lambda}/2015-03-31/functions/send/invocations`, {
    method: 'POST',
    headers: { 'X-Amz-Invocation-Type': 'Event' },
    body: JSON.stringify(mailTo(['pat@target.example'])),
  });
  while (failedSends.size === 0) await new Promise((done) => setTimeout(done, 20));
  account.sendingPaused = false;
  const dry = await redrive('failed-sends');
  expect(dry).toMatchObject({ exit: 3, causes: [{ code: 'SendingPaused', goesBack: 1 }] });
  expect(await redrive('failed-sends', '--yes')).toMatchObject({ exit: 0, summary: { moved: 1 } });
  await settled();
  expect(inbox.accepted).toBe(before + 1);
  const asked = await given.onCloud(['message', '--key', dry.causes[0]?.sample.key ?? '', '--json']);
  expect(lines(asked.out)[0]).toMatchObject({ state: 'sent' });
});

test('a laptop has no topic that could fail to deliver', async () => {
  const { exit, err } = await given.onCloud(['redrive', 'undelivered']);
  expect([exit, err]).toEqual([1, expect.stringMatching(/^NotInLocalCloud: .+\n.+\n$/)]);
});
