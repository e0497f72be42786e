import { bounce, bounced, complaint, delivery } from '../../core/messages.ts';
import { hardBounceOf, record, stage, standingOf } from './stage.ts';

const SET_UP = 'Successfully validated SNS topic for Amazon SES event publishing.';

test('writes a bounce to the list and acknowledges its record', async () => {
  const { handler, ledger, counts } = stage();
  expect(await handler({ Records: [record('1', hardBounceOf('pat@target.example'))] })).toEqual({
    batchItemFailures: [],
  });
  expect(await standingOf(ledger, 'pat@target.example')).toMatchObject({ status: 'suppressed', reason: 'hard-bounce' });
  expect(counts.counted).toEqual({ 'Feedback/hard-bounce': 1 });
});

test('sets a malformed record aside with its reason and applies the good one beside it', async () => {
  const { handler, ledger, deadLetters, counts } = stage();
  const answer = await handler({
    Records: [record('bad', 'not json at all'), record('good', hardBounceOf('pat@target.example'))],
  });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(deadLetters.letters).toEqual([
    { body: 'not json at all', code: 'NotJson', message: 'expected JSON, got "not json at all"' },
  ]);
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
  expect(counts.counted).toEqual({ 'Messages/malformed': 1, 'Feedback/hard-bounce': 1 });
});

test('gives a malformed record back when it cannot be set aside', async () => {
  const { handler, deadLetters, log } = stage();
  deadLetters.fault = new Error('the queue is gone');
  const answer = await handler({ Records: [record('bad', '{'), record('good', hardBounceOf('pat@target.example'))] });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
  expect(log.text).toContain('the queue is gone');
});

test('applies the usable recipients of a message and tells of the unusable one without its text', async () => {
  const { handler, ledger, deadLetters, log, counts } = stage();
  const message = bounce({
    recipients: [bounced('pat@target.example'), bounced('not-an-address!')],
    mail: { destination: ['pat@target.example', 'sam@target.example'] },
  });
  expect(await handler({ Records: [record('1', message)] })).toEqual({ batchItemFailures: [] });
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
  expect(deadLetters.letters).toEqual([]);
  expect(counts.counted['Feedback/unusable-address']).toBe(1);
  expect(log.text).not.toContain('not-an-address');
});

test('acknowledges set-up messages, types it does not know and messages without recipients', async () => {
  const { handler, ledger, deadLetters, counts } = stage();
  const answer = await handler({
    Records: [
      record('1', SET_UP),
      record('2', { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have successfully subscribed.' }),
      record('3', { eventType: 'Teleported', mail: {} }),
      record('4', bounce({ recipients: [] })),
      record('5', { eventType: 'Open', mail: {}, open: {} }),
    ],
  });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect([ledger.writes, deadLetters.letters.length]).toEqual([0, 0]);
  expect(counts.counted).toEqual({
    'Messages/SetUp': 1,
    'Messages/AmazonSnsSubscriptionSucceeded': 1,
    'Messages/unknown': 1,
    'Messages/Bounce': 1,
    'Messages/Open': 1,
  });
});

test('logs what SES does not document once, however often it comes', async () => {
  const { handler, log } = stage();
  const odd = bounce({ subtype: 'NewIn2027' });
  await handler({ Records: [record('1', odd), record('2', odd), record('3', { eventType: 'Teleported' })] });
  await handler({ Records: [record('4', odd), record('5', { eventType: 'Teleported' })] });
  const warnings = log.lines.filter(({ level }) => level === 'warn');
  expect(warnings.map(({ subtype, type }) => subtype ?? type)).toEqual(['Permanent/NewIn2027', 'Teleported']);
});

test('takes a batch of 1,000 records with one read and one write for each entry that changes', async () => {
  const { handler, ledger } = stage();
  const addresses = Array.from({ length: 250 }, (_, i) => `pat${i}@target.example`);
  const records = addresses.flatMap((address, i) => [
    record(`b${i}`, hardBounceOf(address)),
    record(`again${i}`, hardBounceOf(address)),
    record(`c${i}`, complaint({ recipients: [{ emailAddress: address }], mail: { destination: [address] } })),
    record(`d${i}`, delivery({ recipients: [`clean${i}@target.example`] })),
  ]);
  expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
  expect([ledger.reads, ledger.writes]).toEqual([1, 250]);
  expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
  expect([ledger.reads, ledger.writes]).toEqual([2, 250]);
});

test('fails only the records of the key the ledger fails for', async () => {
  const { handler, ledger } = stage({
    fault: ({ operation, key }) => {
      if (operation === 'write' && key.address === 'sam@target.example') throw new Error('throttled');
    },
  });
  const both = bounce({
    recipients: [bounced('pat@target.example'), bounced('sam@target.example')],
    mail: { destination: ['pat@target.example', 'sam@target.example'] },
  });
  const answer = await handler({
    Records: [
      record('both', both),
      record('sam', hardBounceOf('sam@target.example')),
      record('kim', hardBounceOf('kim@target.example')),
    ],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'both' }, { itemIdentifier: 'sam' }] });
  expect((await standingOf(ledger, 'pat@target.example'))?.status).toBe('suppressed');
  expect((await standingOf(ledger, 'kim@target.example'))?.status).toBe('suppressed');
});

test('fails every record when the ledger fails for all, and counts them as given back alone', async () => {
  const { handler, counts } = stage({
    fault: () => {
      throw new Error('the table is out');
    },
  });
  const answer = await handler({
    Records: [record('1', hardBounceOf('pat@target.example')), record('2', hardBounceOf('sam@target.example'))],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }] });
  expect(counts.counted).toEqual({ 'Messages/given-back': 2 });
});

test('keeps simulator mail out of the counts that rates are made of', async () => {
  const { handler, counts } = stage();
  await handler({ Records: [record('1', hardBounceOf('bounce+1@simulator.amazonses.com'))] });
  expect(counts.counted).toEqual({ 'SimulatorFeedback/hard-bounce': 1 });
});

test('never logs an address, only its keyed fingerprint', async () => {
  const { handler, log } = stage();
  await handler({ Records: [record('1', hardBounceOf('pat@target.example')), record('2', 'pat@target.example')] });
  const [written] = log.lines.filter(({ message }) => message === 'entry written');
  expect(written).toMatchObject({ scope: '*', status: 'suppressed', reason: 'hard-bounce' });
  expect(written?.recipient).toMatch(/^[0-9a-f]{16}$/);
  expect(log.text).not.toContain('pat@');
});
