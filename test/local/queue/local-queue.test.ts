import { LocalQueue } from '../../../local/queue/local-queue.ts';

const bodies = (messages: readonly { body: string }[]) => messages.map(({ body }) => body);

describe('A local queue', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const make = (maxReceiveCount = 2) => {
    const deadLetterQueue = new LocalQueue({ name: 'dead', visibilityTimeoutMs: 1000 });
    const redrive = { maxReceiveCount, deadLetterQueue };
    return { queue: new LocalQueue({ name: 'work', visibilityTimeoutMs: 1000, redrive }), deadLetterQueue };
  };

  test('hides a received message until its visibility timeout is over, and counts each receipt', () => {
    const { queue } = make();
    queue.send('a');
    const [first] = queue.receive(10);
    expect(first).toMatchObject({ body: 'a', receiveCount: 1 });
    expect([queue.visible, queue.inFlight, bodies(queue.receive(10))]).toEqual([0, 1, []]);
    jest.advanceTimersByTime(1000);
    const [second] = queue.receive(10);
    expect(second).toMatchObject({ messageId: first?.messageId, receiveCount: 2, sentAt: first?.sentAt });
    expect(second?.firstReceivedAt).toBe(first?.firstReceivedAt);
    expect(second?.receiptHandle).not.toBe(first?.receiptHandle);
  });

  test('deletes by the latest receipt handle alone', () => {
    const { queue } = make();
    queue.send('a');
    const [first] = queue.receive(1);
    jest.advanceTimersByTime(1000);
    const [second] = queue.receive(1);
    expect(queue.delete(first?.receiptHandle ?? '')).toBe(false);
    expect(queue.delete(second?.receiptHandle ?? '')).toBe(true);
    expect(queue.delete('')).toBe(false);
    expect(queue.visible + queue.inFlight).toBe(0);
  });

  test('shows a message again as soon as its receiver asks for that', () => {
    const { queue } = make();
    queue.send('a');
    const [message] = queue.receive(1);
    queue.changeVisibility(message?.receiptHandle ?? '', 0);
    expect(queue.visible).toBe(1);
    expect(queue.changeVisibility('unknown', 0)).toBe(false);
  });

  test('lets a receiver that gives a message back say when it is seen again, before the one that polls', () => {
    const { queue } = make();
    queue.send('a');
    queue.send('b');
    const [a, b] = queue.receive(2);
    queue.changeVisibility(a?.receiptHandle ?? '', 500);
    for (const message of [a, b]) queue.giveBack(message?.receiptHandle ?? '', 100);
    jest.advanceTimersByTime(100);
    expect(bodies(queue.receive(2))).toEqual(['b']);
    jest.advanceTimersByTime(400);
    const [again] = queue.receive(2);
    expect(again?.body).toBe('a');
    queue.giveBack(again?.receiptHandle ?? '', 0);
    expect(queue.visible).toBe(1);
  });

  test('shows what is hidden when there is no time to wait', () => {
    const { queue } = make();
    queue.send('a');
    const [message] = queue.receive(1);
    queue.changeVisibility(message?.receiptHandle ?? '', 43_200_000);
    expect([queue.visibleWithin(43_199_000), queue.visibleWithin(43_200_000)]).toEqual([0, 1]);
    queue.showAll();
    expect(queue.visible).toBe(1);
  });

  test('delivers a message again when a delete does not reach every copy of it', () => {
    const { queue } = make(3);
    const id = queue.send('a');
    queue.loseDeletes(1);
    const [first] = queue.receive(1);
    expect(queue.delete(first?.receiptHandle ?? '')).toBe(true);
    const [second] = queue.receive(1);
    expect(second).toMatchObject({ messageId: id, receiveCount: 2 });
    queue.delete(second?.receiptHandle ?? '');
    expect([queue.visible, queue.inFlight, queue.deliveries]).toEqual([0, 0, 2]);
  });

  test('tells of each message that comes in, as it was sent', () => {
    const told: unknown[] = [];
    const queue = new LocalQueue({ name: 'dead', visibilityTimeoutMs: 1000, onMessage: (one) => told.push(one) });
    const attributes = { code: { DataType: 'String', StringValue: 'NotJson' } };
    const messageId = queue.send('a', attributes);
    expect(told).toEqual([{ messageId, body: 'a', attributes }]);
  });

  test('moves a message that had all its tries to the dead letters, with its id and the time it was first sent', () => {
    const { queue, deadLetterQueue } = make(2);
    const id = queue.send('a', { code: { DataType: 'String', StringValue: 'x' } });
    const sentAt = Date.now();
    for (const _try of [1, 2]) {
      expect(queue.receive(1)).toHaveLength(1);
      jest.advanceTimersByTime(1000);
    }
    queue.send('b');
    expect(bodies(queue.receive(1))).toEqual(['b']);
    expect(deadLetterQueue.receive(1)).toMatchObject([
      { messageId: id, body: 'a', sentAt, receiveCount: 1, attributes: { code: { StringValue: 'x' } } },
    ]);
  });

  test('shows a delayed message when its delay is over, and counts it as neither seen nor received until then', async () => {
    const { queue } = make();
    queue.send('later', {}, 5000);
    queue.send('now');
    expect([queue.visible, queue.inFlight, queue.delayed, queue.size]).toEqual([1, 0, 1, 2]);
    expect(bodies(queue.receive(10))).toEqual(['now']);
    expect([queue.visibleWithin(4999), queue.visibleWithin(5000)]).toEqual([1, 2]);
    const shown = queue.untilVisible(60_000).then(() => queue.untilVisible(60_000));
    await jest.advanceTimersByTimeAsync(5000);
    await shown;
    expect(queue.receive(10)).toMatchObject([{ body: 'later', receiveCount: 1 }, { body: 'now' }]);
  });

  test('gives at most as many as were asked for', () => {
    const { queue } = make();
    for (const body of ['a', 'b', 'c']) queue.send(body);
    expect(bodies(queue.receive(2))).toEqual(['a', 'b']);
  });

  test('wakes a waiting receiver for a new message, at the end of a timeout, or when told to stop', async () => {
    const { queue } = make();
    const stop = new AbortController();
    const sent = queue.untilVisible(60_000);
    queue.send('a');
    await sent;
    queue.receive(1);
    const again = queue.untilVisible(60_000);
    await jest.advanceTimersByTimeAsync(1000);
    await again;
    queue.receive(1);
    const stopped = queue.untilVisible(60_000, stop.signal);
    stop.abort();
    await stopped;
    expect(jest.getTimerCount()).toBe(0);
  });
});
