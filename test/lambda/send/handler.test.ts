import { fail } from '../../../core/result.ts';
import { sendFailure } from '../../../core/send/failure.ts';
import { failureOf, list, NOW, request, stage } from './stage.ts';

test('sends to everybody who may be mailed and says so', async () => {
  const { invoke, mailer, counts } = stage();
  expect(await invoke(request({ cc: ['SAM@target.example'], bcc: ['kim@target.example'] }))).toEqual({
    status: 'sent',
    messageId: '0100-1',
    messageIdHeader: '<0100-1@email.amazonses.com>',
    sent: ['Pat <pat@target.example>', 'SAM@target.example', 'kim@target.example'],
    suppressed: [],
    refused: [],
    duplicate: false,
  });
  expect(mailer.mails[0]).toMatchObject({
    source: 'no-reply@ledger.example',
    destinations: ['pat@target.example', 'SAM@target.example', 'kim@target.example'],
    configurationSet: 'main',
    tags: {},
  });
  expect(counts.counted).toEqual({ 'Recipients/sent': 3 });
});

test('asks the list once for all recipients, at `*` and at the stream', async () => {
  const { invoke, ledger, mailer } = stage();
  await invoke(request({ to: ['pat@target.example', 'sam@target.example'], stream: 'receipts', tags: { run: '7' } }));
  expect(ledger.asked.map((keys) => keys.map(({ address, scope }) => `${address} ${scope}`))).toEqual([
    ['pat@target.example *', 'pat@target.example receipts', 'sam@target.example *', 'sam@target.example receipts'],
  ]);
  expect(mailer.mails[0]?.tags).toEqual({ run: '7', stream: 'receipts' });
});

test('leaves out the suppressed, tells why, and names nobody else in the message', async () => {
  const { invoke, ledger, mailer, counts } = stage();
  await list(ledger, 'dead@target.example');
  const answer = await invoke(request({ to: ['Dead <DEAD@Target.example>', 'Pat <pat@target.example>'] }));
  expect(answer).toMatchObject({
    status: 'partly-sent',
    sent: ['Pat <pat@target.example>'],
    suppressed: [
      {
        address: 'dead@target.example',
        given: 'Dead <DEAD@Target.example>',
        reason: 'hard-bounce',
        scope: '*',
        since: '2026-01-02T03:04:04.678Z',
        until: null,
      },
    ],
  });
  expect(mailer.mails[0]?.destinations).toEqual(['pat@target.example']);
  expect(mailer.mime).toContain('To: Pat <pat@target.example>');
  expect(mailer.mime.toLowerCase()).not.toContain('dead');
  expect(counts.counted).toEqual({ 'Recipients/sent': 1, 'Recipients/suppressed': 1 });
});

test('hides that nobody is left in To when only Bcc may be mailed', async () => {
  const { invoke, ledger, mailer } = stage();
  await list(ledger, 'pat@target.example');
  await invoke(request({ bcc: ['kim@target.example'] }));
  expect(mailer.mails[0]?.destinations).toEqual(['kim@target.example']);
  expect(mailer.mime).toContain('To: undisclosed-recipients:;');
  expect(mailer.mime).not.toContain('kim@');
});

test('answers, and does not call SES, when all are suppressed', async () => {
  const { invoke, ledger, mailer } = stage();
  await list(ledger, 'pat@target.example', 'complaint');
  expect(await invoke(request())).toMatchObject({
    status: 'suppressed',
    messageId: null,
    messageIdHeader: null,
    sent: [],
  });
  expect(mailer.mails).toEqual([]);
});

test('blocks an unsubscribe in its stream only, and a hard bounce in all', async () => {
  const { invoke, ledger } = stage();
  await list(ledger, 'pat@target.example', 'unsubscribe', 'newsletter');
  expect(await invoke(request({ stream: 'newsletter' }))).toMatchObject({ status: 'suppressed' });
  expect(await invoke(request({ stream: 'receipts' }))).toMatchObject({ status: 'sent' });
  await list(ledger, 'pat@target.example', 'hard-bounce');
  expect(await invoke(request({ stream: 'receipts' }))).toMatchObject({ status: 'suppressed' });
});

test('mails again once a hold has passed, whether or not the table has deleted the entry', async () => {
  const { invoke, ledger, clock } = stage();
  await list(ledger, 'pat@target.example', 'global-list');
  const until = new Date(NOW - 1000 + 14 * 86_400_000).toISOString().replace(/\.\d+/, (ms) => ms);
  expect(await invoke(request())).toMatchObject({ status: 'suppressed', suppressed: [{ reason: 'global-list' }] });
  clock.now = Date.parse(until) + 1000;
  expect(await invoke(request())).toMatchObject({ status: 'sent' });
});

test('refuses a malformed recipient and mails the rest', async () => {
  const { invoke, mailer } = stage();
  expect(await invoke(request({ to: ['nobody', 'pat@target.example'] }))).toMatchObject({
    status: 'partly-sent',
    sent: ['pat@target.example'],
    refused: [{ given: 'nobody', code: 'AddressSyntax', message: expect.stringContaining('"nobody"') }],
  });
  expect(mailer.mails[0]?.destinations).toEqual(['pat@target.example']);
});

test('folds the same mailbox given twice, keeping the first mention', async () => {
  const { invoke, mailer } = stage();
  const answer = await invoke(
    request({ to: ['Pat <pat@target.example>', '<PAT@TARGET.example>'], bcc: ['pat@target.example'] }),
  );
  expect(answer).toMatchObject({ status: 'sent', sent: ['Pat <pat@target.example>'] });
  expect(mailer.mails[0]?.destinations).toEqual(['pat@target.example']);
});

test('sends nothing with onSuppressed "reject" when one recipient is suppressed', async () => {
  const { invoke, ledger, mailer } = stage();
  await list(ledger, 'dead@target.example');
  const failure = await failureOf(
    invoke(request({ to: ['dead@target.example', 'pat@target.example'], onSuppressed: 'reject' })),
  );
  expect(failure).toMatchObject({
    errorType: 'RecipientsSuppressed',
    code: 'RecipientsSuppressed',
    retryable: false,
    suppressed: [{ address: 'dead@target.example', reason: 'hard-bounce' }],
    stack: '',
  });
  expect(mailer.mails).toEqual([]);
});

test('fails closed when the list cannot be read, and counts it', async () => {
  const fault = () => {
    throw new Error('throttled');
  };
  const { invoke, mailer, counts } = stage({ fault });
  expect(await failureOf(invoke(request()))).toMatchObject({ errorType: 'ListUnavailable', retryable: true });
  expect(mailer.mails).toEqual([]);
  expect(counts.counted).toEqual({ 'ListUnavailable/refused': 1, 'SendFailed/ListUnavailable': 1 });
});

test('fails closed when one of many keys cannot be read', async () => {
  const { invoke, mailer } = stage({
    fault: ({ key }) => {
      if (key.scope === 'receipts' && key.address === 'sam@target.example') throw new Error('unprocessed');
    },
  });
  const both = request({ to: ['pat@target.example', 'sam@target.example'], stream: 'receipts' });
  expect(await failureOf(invoke(both))).toMatchObject({ errorType: 'ListUnavailable' });
  expect(mailer.mails).toEqual([]);
});

test('sends unchecked if the policy says so, and counts it', async () => {
  const fault = () => {
    throw new Error('throttled');
  };
  const { invoke, counts } = stage({ fault, policy: { whenListUnavailable: 'send' } });
  expect(await invoke(request())).toMatchObject({ status: 'sent' });
  expect(counts.counted).toEqual({ 'ListUnavailable/sent': 1, 'Recipients/sent': 1 });
});

test('throws what SES says as a code, with what is known of the recipients', async () => {
  const { invoke, ledger, mailer } = stage();
  await list(ledger, 'dead@target.example');
  mailer.answer = fail(sendFailure('QuotaExceeded', 'Daily message quota exceeded.'));
  expect(
    await failureOf(invoke(request({ to: ['dead@target.example', 'nobody', 'pat@target.example'] }))),
  ).toMatchObject({
    errorType: 'QuotaExceeded',
    message: 'Daily message quota exceeded.',
    remedy: expect.stringContaining('quota'),
    suppressed: [{ address: 'dead@target.example' }],
    refused: [{ given: 'nobody' }],
  });
});

test('never logs an address', async () => {
  const { invoke, ledger, log, mailer } = stage();
  await list(ledger, 'dead@target.example');
  await invoke(request({ to: ['dead@target.example', 'pat@target.example'] }));
  mailer.answer = fail(sendFailure('RecipientNotVerified', 'pat@target.example is not verified'));
  await failureOf(invoke(request()));
  expect(log.lines.map(({ message }) => message)).toContain('send failed');
  expect(log.text).not.toContain('target.example');
});
