import { MemoryLetters, MemoryMover, MemoryOutbox } from '../../adapters/memory-letters.ts';
import { failureRecord, request, why } from '../core/redrive/letters.ts';
import { cli, lines, NOW } from './harness.ts';

const opened = (letters: MemoryLetters, about: { readonly mover?: true; readonly noQueue?: true } = {}) => {
  const outbox = new MemoryOutbox();
  const mover = about.mover ? new MemoryMover(letters, outbox, 2) : undefined;
  return { given: { letters: { letters, outbox: about.noQueue ? undefined : outbox, mover } }, outbox };
};

const sends = () => {
  const letters = new MemoryLetters();
  for (const n of [1, 2])
    letters.add({
      messageId: `q-${n}`,
      body: JSON.stringify(request),
      attributes: why('QuotaExceeded', 'Daily message quota exceeded.'),
      sentAt: NOW - n * 3_600_000,
    });
  letters.add({ messageId: 'old', body: JSON.stringify(request), sentAt: NOW - 86_400_000 });
  letters.add({
    messageId: 'bad',
    body: '[]',
    attributes: why('InvalidRequest', 'got a list\u001b[31m'),
    sentAt: NOW - 60_000,
  });
  return letters;
};

test('says what is there by cause, without moving or hiding it', async () => {
  const letters = sends();
  const { given, outbox } = opened(letters);
  const { exit, out } = await cli(['redrive', 'sends'], given);
  expect(exit).toBe(3);
  expect(out).toBe(`Queued requests that could not be sent: 4 letters
CAUSE           LETTERS  GO BACK  OLDEST                FOR EXAMPLE
QuotaExceeded   2        2        2026-11-20 10:00 UTC  Daily message quota exceeded. (key sqs-q-2)
InvalidRequest  1        0        2026-11-20 11:59 UTC  got a list [31m (bad)
MovedBySqs      1        1        2026-11-19 12:00 UTC  moved by SQS after 5 receives (key sqs-old)
InvalidRequest: is no request: its body is no JSON object, and stays.
Nothing was moved; --yes moves 3 to the send queue.
`);
  expect([letters.visible.length, outbox.received.length]).toEqual([4, 0]);
});

test('moves what may go with --yes, each with its key, and says what stays', async () => {
  const letters = sends();
  const { given, outbox } = opened(letters);
  const { exit, out } = await cli(['redrive', 'sends', '--yes'], given);
  expect(exit).toBe(3);
  expect(out).toMatch(/3 letters moved to the send queue\.\n1 letter stayed: is no request: .*\.\n$/);
  expect(outbox.received.map(({ body }) => JSON.parse(body).idempotencyKey).sort()).toEqual([
    'sqs-old',
    'sqs-q-1',
    'sqs-q-2',
  ]);
  expect(letters.visible.map(({ messageId }) => messageId)).toEqual(['bad']);
});

test.each([[[]], [['--yes']], [['--json', '--yes']]])(
  'moves nothing for a cause that no letter has, %j',
  async (how) => {
    const letters = sends();
    const { given, outbox } = opened(letters);
    const { exit, out } = await cli(['redrive', 'sends', '--code', 'QuotaExeeded', ...how], given);
    expect([exit, outbox.received.length, letters.visible.length]).toEqual([3, 0, 4]);
    if (how.includes('--json')) expect(lines(out).at(-1)).toMatchObject({ looked: 4, moved: null });
    else expect(out).toContain('\nNothing was moved: no letter has the cause QuotaExeeded. ');
  },
);

test('moves one cause alone', async () => {
  const letters = sends();
  const { given, outbox } = opened(letters);
  const { exit, out } = await cli(['redrive', 'sends', '--code', 'QuotaExceeded', '--yes', '--json'], given);
  expect([exit, outbox.received.length, letters.visible.length]).toEqual([0, 2, 2]);
  expect(lines(out).at(-1)).toEqual({ queue: 'sends', looked: 4, complete: true, depth: 4, moved: 2, stayed: [] });
});

test('lets SQS move what SQS has set aside itself', async () => {
  const letters = new MemoryLetters();
  for (let i = 0; i < 5; i += 1) letters.add({ body: `${i}` });
  const { given, outbox } = opened(letters, { mover: true });
  const { exit, out } = await cli(['redrive', 'feedback', '--yes'], given);
  expect([exit, outbox.received.length]).toEqual([0, 5]);
  expect(out).toContain('5 letters moved to the feedback queue.\n');
});

test('moves one by one what the function has set aside: a task of SQS would move it again when it comes back', async () => {
  const letters = new MemoryLetters();
  letters.add({ body: 'no json', attributes: why('NotJson') });
  const outbox = new MemoryOutbox();
  const start = jest.fn();
  const mover = { start, progress: async () => ({ state: 'done' as const, moved: 0, toMove: 0, why: undefined }) };
  const { exit } = await cli(['redrive', 'feedback', '--yes'], { letters: { letters, outbox, mover } });
  expect([exit, outbox.received.length, start.mock.calls.length]).toEqual([0, 1, 0]);
});

test('tells what SQS says when it gives up', async () => {
  const letters = new MemoryLetters();
  letters.add({ body: 'x' });
  const progress = async () => ({ state: 'failed' as const, moved: 1, toMove: 4, why: 'AccessDenied\u001b[2J' });
  const mover = { start: async () => undefined, progress };
  const { exit, err } = await cli(['redrive', 'feedback', '--yes'], {
    letters: { letters, outbox: new MemoryOutbox(), mover },
  });
  expect(exit).toBe(1);
  expect(err).toBe(
    'MoveFailed: SQS moved 1 of about 4 letters and gave up: AccessDenied [2J\nWhat was moved is moved. Run it again for the others.\n',
  );
});

test('keeps an asynchronous send that may have been mailed and has no key', async () => {
  const letters = new MemoryLetters();
  const add = (messageId: string, body: object) => letters.add({ messageId, body: JSON.stringify(body) });
  add('unknown', failureRecord(request, { errorType: 'OutcomeUnknown', requestId: 'a' }));
  add(
    'keyed',
    failureRecord({ ...request, idempotencyKey: 'order-1' }, { errorType: 'OutcomeUnknown', requestId: 'b' }),
  );
  add('paused', failureRecord(request, { errorType: 'SendingPaused', requestId: 'c' }));
  const { given, outbox } = opened(letters);
  const { exit, out } = await cli(['redrive', 'failed-sends', '--yes'], given);
  expect(exit).toBe(3);
  expect(out).toContain('1 letter stayed: may have been mailed, and has no idempotencyKey');
  expect(outbox.received.map(({ body }) => JSON.parse(body).idempotencyKey).sort()).toEqual(['async-c', 'order-1']);
  expect(letters.visible.map(({ messageId }) => messageId)).toEqual(['unknown']);
});

test('an empty queue is done with', async () => {
  expect(await cli(['redrive', 'undelivered'])).toMatchObject({
    exit: 0,
    out: 'Feedback that the topic could not deliver: none.\n',
  });
  expect(lines((await cli(['redrive', 'sends', '--yes', '--json'])).out)).toEqual([
    { queue: 'sends', looked: 0, complete: true, depth: 0, moved: null, stayed: null },
  ]);
});

test('says what to do where there is no queue to go back to', async () => {
  const letters = sends();
  const dry = await cli(['redrive', 'sends'], opened(letters, { noQueue: true }).given);
  expect([dry.exit, dry.out]).toEqual([3, expect.stringMatching(/Give the stack a send queue .*\n$/)]);
  const { exit, err } = await cli(['redrive', 'sends', '--yes'], opened(letters, { noQueue: true }).given);
  expect([exit, err]).toEqual([1, expect.stringMatching(/^NoQueueToGoBackTo: .*\nGive the stack a send queue/)]);
  expect(letters.visible).toHaveLength(4);
});

test.each([
  [Object.assign(new Error('gone'), { name: 'QueueDoesNotExist' }), 'QueueNotFound'],
  [Object.assign(new Error('no'), { name: 'AccessDenied' }), 'AccessDenied'],
])('tells people %s', async (fault, code) => {
  const letters = new MemoryLetters();
  letters.take = () => Promise.reject(fault);
  const { exit, err } = await cli(['redrive', 'feedback'], opened(letters).given);
  expect([exit, err]).toEqual([1, expect.stringMatching(new RegExp(`^${code}: .+\n.+\n$`))]);
});

test('knows four queues', async () => {
  expect(await cli(['redrive', 'letters'])).toMatchObject({ exit: 2, err: expect.stringContaining('failed-sends') });
});

test('its help shows an example', async () => {
  const { exit, out } = await cli(['help', 'redrive']);
  expect([exit, out]).toEqual([0, expect.stringContaining('$ ses-suppressor redrive')]);
  expect(out).toContain('--json');
});
