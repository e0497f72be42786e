import { type Probe, refused, request, stage } from './stage.ts';

test('a message that SQS delivers twice mails once, and its recipients are counted once', async () => {
  const { record, invoke, mails, counts, dead } = stage();
  expect(await invoke([record(request())])).toEqual([]);
  expect(await invoke([record(request(), { receives: 2 })])).toEqual([]);
  expect(mails).toHaveLength(1);
  expect(counts.counted).toEqual({ 'Recipients/sent': 1 });
  expect(dead.letters).toEqual([]);
});

test('recipients are counted by stream too, once, where the configuration names streams', async () => {
  const { record, batch, invoke, counts } = stage({ streams: ['receipts'] });
  const again = record(request({ stream: 'receipts' }), { messageId: 'm-9' });
  await invoke([again]);
  await invoke([again]);
  await invoke(batch([request({ stream: 'receipts' }), request({ stream: 'alerts' }), request(), 'no JSON']));
  expect(counts.counted).toMatchObject({
    'Recipients/sent': 4,
    'StreamRecipients/receipts': 2,
    'StreamRecipients/other': 2,
  });
});

test('a message that SQS delivers twice in one batch mails once', async () => {
  const { record, invoke, mails } = stage();
  const given = await invoke([record(request()), record(request())]);
  expect(given).toEqual(['m-1']);
  expect(mails).toHaveLength(1);
});

test('two messages mail twice, and with one key of their own once', async () => {
  const { batch, invoke, mails } = stage();
  await invoke(batch([request(), request()]));
  expect(mails).toHaveLength(2);
  const own = request({ idempotencyKey: 'order-4711' });
  expect(await invoke(batch([own, own]))).toEqual([expect.any(String)]);
  expect(await invoke(batch([own, own]))).toEqual([]);
  expect(mails).toHaveLength(3);
});

test('another request under a used key is set aside', async () => {
  const { batch, invoke, mails, dead } = stage();
  await invoke(batch([request({ idempotencyKey: 'order-4711' })]));
  await invoke(batch([request({ idempotencyKey: 'order-4711', subject: 'Another' })]));
  expect(mails).toHaveLength(1);
  expect(dead.letters).toMatchObject([{ code: 'IdempotencyKeyReused' }]);
});

/** Every point of an undisturbed delivery, of one that is throttled and of one that ends as a dead letter. */
const pointsOf = async (run: (world: ReturnType<typeof stage>) => Promise<unknown>): Promise<string[]> => {
  const points = new Set<string>();
  const world = stage({ state: {} });
  world.will.probe = (point) => void points.add(point);
  await run(world);
  return [...points];
};

const disturb = (at: string, how: () => void | Promise<void>): Probe => {
  let isOver = false;
  return (point) => {
    if (point !== at || isOver) return;
    isOver = true;
    return how();
  };
};
const never = (): Promise<void> => new Promise(() => {});
const fault = (): void => {
  throw new Error('a fault was injected');
};
const MOODS = [
  ['accepts', () => undefined],
  ['throttles at first', (mails: number) => (mails === 1 ? refused('RateExceeded') : undefined)],
  ['refuses', () => refused('MessageRejected')],
] as const;

test.each(MOODS)(
  'whatever breaks once while SES %s: at most one mail is accepted, and there is never silence',
  async (_mood, says) => {
    const points = await pointsOf(async (world) => {
      world.will.ses = () => says(world.mails.length);
      await world.deliver(request());
    });
    expect(points).toContain('ses after');
    for (const at of points)
      for (const how of [fault, never]) {
        const world = stage({ state: {} });
        let accepted = 0;
        world.will.ses = () => {
          const said = says(world.mails.length);
          if (said === undefined) accepted += 1;
          return said;
        };
        world.will.probe = disturb(at, how);
        expect([at, await world.deliver(request())]).toEqual([at, 'acknowledged']);
        expect([at, accepted <= 1]).toEqual([at, true]);
        expect([at, accepted + world.dead.letters.length > 0]).toEqual([at, true]);
        const codes = ['OutcomeUnknown', 'MessageRejected', ...(at.startsWith('compose') ? ['InvalidRequest'] : [])];
        for (const { code } of world.dead.letters) expect([at, codes]).toEqual([at, expect.arrayContaining([code])]);
      }
  },
);

test('a port that fails for a long time costs nothing but time', async () => {
  for (const at of [
    'limiter.claim before',
    'limiter.read before',
    'ledger.standings before',
    'sends.read before',
    'sends.begin before',
  ]) {
    const { time, start, deliver, mails, dead, will } = stage({ state: {} });
    will.probe = (point) => {
      if (point === at && time.now() - start < 3_600_000) throw new Error('throttled');
    };
    expect([at, await deliver(request(), 1000)]).toEqual([at, 'acknowledged']);
    expect([at, mails.length, dead.letters.length]).toEqual([at, 1, 0]);
  }
});
