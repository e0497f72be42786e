import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalCloud, startLocalCloud } from '../../local/cloud.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import { mailTo } from '../../local/loop/send-mail.ts';
import type { Parked } from '../../local/queue/queues.ts';
import type { FaultKind } from '../../local/ses/injected-fault.ts';

jest.setTimeout(30_000);

const PAT = 'pat@target.example';
const parked: Parked[] = [];
let cloud: LocalCloud;
let client: SQSClient;

beforeEach(async () => {
  parked.length = 0;
  cloud = await startLocalCloud({ delays: [1, 10], onParked: (one) => parked.push(one) });
  client = new SQSClient({ ...DUMMY_CREDENTIALS, endpoint: cloud.addresses.sqs });
});
afterEach(async () => {
  client.destroy();
  await cloud.stop();
});

const queue = (request: unknown) =>
  client.send(new SendMessageCommand({ QueueUrl: cloud.addresses.sendQueue, MessageBody: JSON.stringify(request) }));

const until = async (holds: () => boolean) => {
  const deadline = Date.now() + 15_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

describe('The send queue, over the deployed bundles', () => {
  test('mails each request once, those delivered twice as well', async () => {
    cloud.sendQueue.loseDeletes(2);
    for (let n = 0; n < 5; n += 1) await queue(mailTo([`pat+${n}@target.example`]));
    await until(() => cloud.isSettled());
    expect(cloud.sendQueue.deliveries).toBe(7);
    expect(cloud.inbox.mails.flatMap(({ recipients }) => recipients).sort()).toEqual(
      [0, 1, 2, 3, 4].map((n) => `pat+${n}@target.example`),
    );
    expect(parked).toEqual([]);
  });

  test('waits where SES refuses by rate, and mails then', async () => {
    cloud.account.fail('rate');
    await queue(mailTo([PAT]));
    await until(() => cloud.sendQueue.deliveries === 1 && cloud.sendQueue.visibleWithin(60_000) === 1);
    expect(cloud.inbox.accepted).toBe(0);
    cloud.sendQueue.showAll();
    await until(() => cloud.isSettled());
    expect([cloud.inbox.accepted, cloud.sendQueue.deliveries]).toEqual([1, 2]);
    expect(parked).toEqual([]);
  });

  test.each<[string, () => void]>([
    ['the daily quota is used up', () => cloud.account.fail('quota')],
    [
      'sending is paused',
      () => {
        cloud.account.sendingPaused = true;
      },
    ],
  ])('waits for long where %s, and sets nothing aside', async (_what, arrange) => {
    arrange();
    await queue(mailTo([PAT]));
    await until(() => cloud.sendQueue.deliveries === 1 && cloud.sendQueue.visibleWithin(850_000) === 0);
    expect(cloud.sendQueue.inFlight).toBe(1);
    expect([cloud.inbox.accepted, parked]).toEqual([0, []]);
  });

  test.each<[string, FaultKind | null, object, number]>([
    ['InvalidRequest', null, { from: 'a@ledger.example' }, 0],
    ['SenderNotAllowed', 'access-denied', mailTo([PAT]), 0],
    ['OutcomeUnknown', 'cut', mailTo([PAT]), 1],
  ])('sets a request aside with the code %s', async (code, fault, request, mails) => {
    if (fault !== null) cloud.account.fail(fault);
    await queue(request);
    await until(() => cloud.isSettled());
    expect(parked).toMatchObject([{ kind: 'send', code, message: expect.any(String) }]);
    const [letter] = cloud.sendDeadLetterQueue.receive(10);
    expect(JSON.parse(letter?.body ?? '')).toMatchObject(request);
    expect(cloud.inbox.accepted).toBe(mails);
  });
});
