import { hashKey } from '../../../core/messages/key-hash.ts';
import { fail } from '../../../core/result.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { failureOf, list, NOW, request, stage } from './stage.ts';

const keyed = (over: { readonly [field: string]: unknown } = {}) => request({ idempotencyKey: 'order-4711', ...over });

test('answers a repeated request as the first time, mails nobody again and counts nobody twice', async () => {
  const { invoke, ledger, mailer, counts } = stage();
  await list(ledger, 'dead@target.example');
  const to = ['Pat <pat@target.example>', 'dead@target.example', 'nobody'];
  const first = await invoke(keyed({ to }));
  expect(await invoke(keyed({ to }))).toEqual({ ...first, duplicate: true });
  expect(mailer.mails).toHaveLength(1);
  expect(counts.counted).toEqual({ 'Recipients/sent': 1, 'Recipients/suppressed': 1, 'Recipients/refused': 1 });
});

test('throws for another message under the same key, and counts it', async () => {
  const { invoke, counts } = stage();
  await invoke(keyed());
  expect(await failureOf(invoke(keyed({ text: 'Other' })))).toMatchObject({
    errorType: 'IdempotencyKeyReused',
    retryable: false,
  });
  expect(counts.counted['SendFailed/IdempotencyKeyReused']).toBe(1);
});

test('takes its own invocation for dead five seconds after its last moment', async () => {
  const { invoke, sends, mailer } = stage();
  mailer.send = async () => {
    throw new Error('the function ends here');
  };
  await expect(invoke(keyed(), { getRemainingTimeInMillis: () => 42_000 })).rejects.toThrow('ends here');
  expect((await sends.read(hashKey('order-4711')))?.runsUntil).toBe(NOW + 47_000);
});

test('sends once where an array holds the same request several times', async () => {
  const { invoke, mailer } = stage();
  const answers = (await invoke(Array.from({ length: 12 }, () => keyed()))) as { duplicate?: boolean }[];
  expect(mailer.mails).toHaveLength(1);
  expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
  expect(answers.slice(5).every(({ duplicate }) => duplicate === true)).toBe(true);
});

test('tells of an unknown outcome how to go on, now and later', async () => {
  const { invoke, mailer } = stage();
  mailer.answer = fail(sendFailure('OutcomeUnknown', 'SES answered 500'));
  const unknown = { errorType: 'OutcomeUnknown', remedy: expect.stringContaining('same key') };
  expect(await failureOf(invoke(keyed()))).toMatchObject(unknown);
  expect(await failureOf(invoke(keyed()))).toMatchObject(unknown);
  expect(mailer.mails).toHaveLength(1);
});

test('never logs a key', async () => {
  const { invoke, log } = stage();
  await invoke(keyed());
  await failureOf(invoke(keyed({ text: 'Other' })));
  expect(log.lines).toHaveLength(1);
  expect(log.text).not.toContain('order-4711');
});

test('refuses what is too large for an invocation with size and limit, one by one and in an array', async () => {
  const { invoke, mailer, counts } = stage();
  const huge = request({ text: 'x'.repeat(6 * 1024 * 1024) });
  const tooLarge = { code: 'TooLarge', message: expect.stringMatching(/^invoke: .* \d{7} bytes, at most 6291456/) };
  expect(await failureOf(invoke(huge))).toMatchObject({ errorType: 'TooLarge', ...tooLarge });
  expect(await invoke([request(), huge])).toMatchObject([{ status: 'sent' }, { error: tooLarge }]);
  expect(mailer.mails).toHaveLength(1);
  expect(counts.counted['SendFailed/TooLarge']).toBe(2);
});
