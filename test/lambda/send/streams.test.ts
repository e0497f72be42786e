import { dynamoDbClient } from '../../../adapters/dynamodb-client.ts';
import { sendingFrom } from '../../../lambda/send/from-environment.ts';
import { failureOf, list, request, stage } from './stage.ts';

const STREAMS = ['receipts', 'newsletter'];
const TO = ['pat@target.example', 'sam@target.example'];
const RAW = Buffer.from('From: no-reply@ledger.example\r\nX-SES-MESSAGE-TAGS: stream=receipts\r\n\r\nHi\r\n');

test.each([
  [{ stream: 'receipts' }, 'receipts'],
  [{ stream: 'unheard-of' }, 'other'],
  [{ stream: 'Receipts' }, 'other'],
  [{ stream: '__proto__' }, 'other'],
  [{}, 'other'],
  [{ tags: { kind: 'receipts' } }, 'other'],
])('counts the recipients of a mail with %j as %s', async (over, stream) => {
  const { invoke, counts } = stage({ streams: STREAMS });
  await invoke(request({ to: TO, ...over }));
  expect(counts.counted).toEqual({ 'Recipients/sent': 2, [`StreamRecipients/${stream}`]: 2 });
});

test('counts those of a raw message too', async () => {
  const { invoke, counts } = stage({ streams: STREAMS });
  await invoke({ raw: RAW.toString('base64'), to: TO, stream: 'receipts' });
  expect(counts.counted).toEqual({ 'Recipients/sent': 2, 'StreamRecipients/receipts': 2 });
});

test('counts each request of an array in its own stream', async () => {
  const { invoke, counts } = stage({ streams: STREAMS });
  await invoke([
    request({ stream: 'receipts' }),
    request({ stream: 'newsletter', to: TO }),
    request({ stream: 'receipts' }),
    'nonsense',
  ]);
  expect(counts.counted).toMatchObject({ 'StreamRecipients/receipts': 2, 'StreamRecipients/newsletter': 2 });
});

test('counts only those that were sent to', async () => {
  const { invoke, counts, ledger } = stage({ streams: STREAMS });
  await list(ledger, 'dead@target.example');
  await invoke(request({ to: ['dead@target.example', 'pat@target.example', 'no address'], stream: 'receipts' }));
  await invoke(request({ to: ['dead@target.example'], stream: 'receipts' }));
  await failureOf(invoke(request({ to: ['dead@target.example'], stream: 'receipts', onSuppressed: 'reject' })));
  expect(counts.counted).toMatchObject({ 'Recipients/sent': 1, 'StreamRecipients/receipts': 1 });
});

test('does not count the answer to an earlier request again', async () => {
  const { invoke, counts } = stage({ streams: STREAMS });
  const once = request({ stream: 'receipts', idempotencyKey: 'order-4711' });
  await invoke(once);
  expect(await invoke(once)).toMatchObject({ duplicate: true });
  expect(counts.counted).toEqual({ 'Recipients/sent': 1, 'StreamRecipients/receipts': 1 });
});

test('counts no stream where none is named in the configuration', async () => {
  const { invoke, counts } = stage();
  await invoke(request({ stream: 'receipts' }));
  expect(counts.counted).toEqual({ 'Recipients/sent': 1 });
});

test.each([
  ['receipts,newsletter', new Set(STREAMS)],
  ['receipts', new Set(['receipts'])],
  ['', undefined],
  [undefined, undefined],
])('the variable %j names %j', (SUPPRESSOR_STREAMS, streams) => {
  const env = { SUPPRESSOR_TABLE: 'List', SUPPRESSOR_CONFIGURATION_SET: 'main', SUPPRESSOR_STREAMS };
  expect(sendingFrom(env, dynamoDbClient()).streams).toEqual(streams);
});
