import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { SqsDeadLetters } from '../../../adapters/sqs-dead-letters.ts';
import type { SendCode } from '../../../core/send/failure.ts';
import { SIZE_LIMITS } from '../../../core/send/size.ts';
import { LARGEST_BODY } from '../../../lambda/queue/job.ts';
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

describe('the largest body', () => {
  /** As SQS counts: the body, and of each attribute name, type and value. */
  const sizeOf = ({ MessageBody = '', MessageAttributes = {} }: SendMessageCommandInput): number =>
    Object.entries(MessageAttributes).reduce(
      (sum, [name, { DataType = '', StringValue = '' }]) => sum + Buffer.byteLength(name + DataType + StringValue),
      Buffer.byteLength(MessageBody),
    );
  const TAKEN = SIZE_LIMITS.queue;
  const ADDED = ',"idempotencyKey":"sqs-059f36b4-87a3-44ab-83d2-661975830a7d"'.length;
  const messageId = '059f36b4-87a3-44ab-83d2-661975830a7d';
  const filled = (bytes: number, over: { readonly [field: string]: unknown } = {}): string => {
    const body = JSON.stringify(request({ ...over, text: '' }));
    return JSON.stringify(request({ ...over, text: 'x'.repeat(bytes - Buffer.byteLength(body)) }));
  };
  const parkedWith = async (letter: { body: string; code: string; message: string } | undefined) => {
    const sent: SendMessageCommandInput[] = [];
    const client = { send: async ({ input }: { input: SendMessageCommandInput }) => sent.push(input) };
    await new SqsDeadLetters({ client: client as never, queueUrl: 'q' }).park(
      letter ?? { body: '', code: '', message: '' },
    );
    return sent[0] ?? { QueueUrl: '', MessageBody: '' };
  };

  test.each([
    ['without a key', LARGEST_BODY - ADDED, {}],
    ['with one as long as may be', LARGEST_BODY, { idempotencyKey: 'x'.repeat(256) }],
  ])('%s fits when it is set aside for the longest reason there is, and is taken back', async (_how, bytes, over) => {
    const { record, invoke, dead, mails, will } = stage();
    const longest = { code: 'X'.repeat(80) as SendCode, message: '€'.repeat(1000), retryable: false, remedy: '' };
    will.ses = () => ({ ok: false, error: longest });
    expect(await invoke([record(filled(bytes, over), { messageId })])).toEqual([]);
    expect(mails).toHaveLength(1);
    const parked = await parkedWith(dead.letters[0]);
    expect(sizeOf(parked)).toBeLessThanOrEqual(TAKEN);
    expect(sizeOf(parked)).toBeGreaterThan(LARGEST_BODY + 1500);
    will.ses = () => undefined;
    expect(await invoke([record(parked.MessageBody, { messageId: 'another' })])).toEqual([]);
    expect([mails.length, dead.letters.length]).toEqual([2, 1]);
  });

  test('and one byte more is set aside with its size, and fits', async () => {
    for (const bytes of [LARGEST_BODY - ADDED + 1, TAKEN]) {
      const { record, invoke, dead, mails } = stage();
      expect(await invoke([record(filled(bytes), { messageId })])).toEqual([]);
      expect(mails).toEqual([]);
      expect(dead.letters).toMatchObject([
        { code: 'TooLarge', message: expect.stringContaining(`${bytes + ADDED} bytes`) },
      ]);
      expect(sizeOf(await parkedWith(dead.letters[0]))).toBeLessThanOrEqual(1024 * 1024);
    }
  });
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
