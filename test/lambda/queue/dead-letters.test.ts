import fc from 'fast-check';
import type { SendCode } from '../../../core/send/failure.ts';
import { list } from '../send/stage.ts';
import { refused, request, stage } from './stage.ts';

const FINAL: readonly SendCode[] = [
  'SenderNotVerified',
  'RecipientNotVerified',
  'SenderNotAllowed',
  'ConfigurationSetNotFound',
  'TemplateNotFound',
  'MessageRejected',
  'TooLarge',
  'InvalidRequest',
  'OutcomeUnknown',
];

test.each(FINAL)('after %s the request is set aside with code and message, and acknowledged', async (code) => {
  const { record, invoke, dead, postponed, counts, will } = stage();
  will.ses = () => refused(code);
  const body = JSON.stringify(request({ idempotencyKey: 'order-4711' }), null, 1);
  expect(await invoke([record(body)])).toEqual([]);
  expect(dead.letters).toEqual([{ body, code, message: `SES: ${code}` }]);
  expect(postponed).toEqual([]);
  expect(counts.counted).toEqual({ [`SendFailed/${code}`]: 1 });
});

test.each([
  ['no JSON', '{"from": '],
  ['nothing', ''],
  ['a list', JSON.stringify([request()])],
  ['text', '"hello"'],
  ['null', 'null'],
  ['a number', '17'],
])('a body that is %s is set aside exactly as it came', async (_what, body) => {
  const { record, invoke, dead, mails } = stage();
  expect(await invoke([record(body)])).toEqual([]);
  expect(dead.letters).toEqual([{ body, code: 'InvalidRequest', message: expect.stringContaining('a JSON object') }]);
  expect(mails).toEqual([]);
});

test.each([
  ['names an unknown field', request({ form: 'x' }), 'InvalidRequest'],
  ['has no recipient', request({ to: [] }), 'InvalidRequest'],
  ['has a strange key', request({ idempotencyKey: null }), 'InvalidRequest'],
  ['names a configuration set that is not wired', request({ configurationSet: 'foreign' }), 'ConfigurationSetNotFound'],
])('a request that %s is set aside without a slot or a call', async (_what, body, code) => {
  const { record, invoke, dead, mails, writes } = stage();
  expect(await invoke([record(body)])).toEqual([]);
  expect(dead.letters).toMatchObject([{ code }]);
  expect([mails.length, writes.length]).toEqual([0, 0]);
});

test('a suppressed recipient is a dead letter only where the request says so', async () => {
  const { record, invoke, dead, ledger } = stage();
  await list(ledger, 'pat@target.example');
  expect(await invoke([record(request())])).toEqual([]);
  expect(dead.letters).toEqual([]);
  expect(await invoke([record(request({ onSuppressed: 'reject' }), { messageId: 'm-2' })])).toEqual([]);
  expect(dead.letters).toMatchObject([{ code: 'RecipientsSuppressed' }]);
});

test('the good records of a batch are sent beside the bad ones', async () => {
  const { batch, invoke, dead, mails, counts } = stage();
  expect(await invoke(batch(['{', request(), request({ to: ['no address'] }), request()]))).toEqual([]);
  expect(mails).toHaveLength(2);
  expect(dead.letters).toHaveLength(2);
  expect(counts.counted).toEqual({ 'Recipients/sent': 2, 'SendFailed/InvalidRequest': 2 });
});

describe('a dead letter fed back', () => {
  test('bears the key it was sent with, and is otherwise what came, to the last digit', async () => {
    for (const [body, parked] of [
      [
        '{"n":12345678901234567890, "from":"a"}\n',
        '{"n":12345678901234567890, "from":"a","idempotencyKey":"sqs-m-1"}\n',
      ],
      [' { } ', ' { "idempotencyKey":"sqs-m-1"} '],
      ['{"a":{"b":"}"}}', '{"a":{"b":"}"},"idempotencyKey":"sqs-m-1"}'],
      ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"idempotencyKey":"sqs-m-1"}'],
      ['{"idempotencyKey":"mine"}', '{"idempotencyKey":"mine"}'],
    ] as const) {
      const { record, invoke, dead } = stage();
      await invoke([record(body)]);
      expect(dead.letters.map((letter) => letter.body)).toEqual([parked]);
    }
  });

  test('under another id of SQS does not mail a second time', async () => {
    const { record, invoke, dead, mails, will } = stage();
    will.ses = () => refused('OutcomeUnknown');
    await invoke([record(request())]);
    will.ses = () => undefined;
    const [letter] = dead.letters;
    expect(await invoke([record(letter?.body, { messageId: 'another' })])).toEqual([]);
    expect(mails).toHaveLength(1);
    expect(dead.letters).toMatchObject([{ code: 'OutcomeUnknown' }, { code: 'OutcomeUnknown', body: letter?.body }]);
  });

  test('is sent once its cause is mended', async () => {
    const { record, invoke, dead, mails, will } = stage();
    will.ses = () => refused('SenderNotVerified');
    await invoke([record(request())]);
    will.ses = () => undefined;
    expect(await invoke([record(dead.letters[0]?.body, { messageId: 'another' })])).toEqual([]);
    expect(mails).toHaveLength(2);
    expect(dead.letters).toHaveLength(1);
  });

  test('is JSON with one key, whatever JSON object it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('', ' ', '\n\t'),
        async (object, space) => {
          const { record, invoke, dead } = stage();
          const body = `${space}${JSON.stringify(object)}${space}`;
          await invoke([record(body)]);
          expect(JSON.parse(dead.letters[0]?.body ?? '')).toEqual({
            ...(JSON.parse(body) as object),
            ...('idempotencyKey' in object ? {} : { idempotencyKey: 'sqs-m-1' }),
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('a request that cannot be set aside is given back, and comes back often enough that SQS moves it itself', async () => {
  const { record, invoke, dead, postponed, counts, log, will } = stage();
  dead.fault = new Error('queue is gone');
  will.chance = 0.99;
  expect(await invoke([record('{', { receives: 900 })])).toEqual(['m-1']);
  expect(1000 * (postponed[0]?.seconds ?? 1e9)).toBeLessThan(13 * 86_400);
  expect(counts.counted).toEqual({ 'Waiting/fault': 1 });
  expect(log.lines).toMatchObject([{ level: 'error', code: 'InvalidRequest', cause: 'Error: queue is gone' }, {}]);
});

test('any text whatsoever is settled: sent, or set aside without loss', async () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.anything().map((value) => JSON.stringify({ ...request(), to: value }) ?? ''),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 5 }), async (bodies) => {
      const { batch, invoke, dead, mails } = stage();
      expect(await invoke(batch(bodies))).toEqual([]);
      expect(dead.letters.length + mails.length).toBe(bodies.length);
    }),
    { numRuns: 100 },
  );
});
