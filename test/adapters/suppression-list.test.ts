import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { dynamoDbClient } from '../../adapters/dynamodb-client.ts';
import { DynamoDbLedger } from '../../adapters/dynamodb-ledger.ts';
import { ListInputInvalid, ListUnavailable } from '../../adapters/list-error.ts';
import { SuppressionList } from '../../adapters/suppression-list.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import type { Entry } from '../../core/entry/entry.ts';
import { DAY, toIso } from '../../core/instant.ts';
import { learn } from '../../core/ledger/learn.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';

let dynamo: LocalDynamoDb;
let client: DynamoDBClient;
let table = '';
let tables = 0;
let list: SuppressionList;
const clock = { now: NOW };
const now = () => clock.now;
const tell = (...facts: readonly Entry[]) => learn(new DynamoDbLedger({ client, table, now }), facts, DEFAULT_POLICY);

beforeAll(async () => {
  dynamo = await startDynamoDb();
  client = dynamo.client();
});
afterAll(() => dynamo.close());
beforeEach(async () => {
  clock.now = NOW;
  tables += 1;
  table = `list-${tables}`;
  await dynamo.createTable(table);
  list = new SuppressionList({ client, table, now });
});

const PAT = 'Pat <PAT@target.example>';

test('says why an address may not be mailed, however it is written', async () => {
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW)));
  expect(await list.isSuppressed(PAT)).toEqual({
    reason: 'hard-bounce',
    scope: '*',
    since: toIso(NOW),
    until: null,
  });
  expect(await list.isSuppressed('ann@target.example')).toBeNull();
});

test('an opt-out blocks its stream alone, and a hard bounce every stream', async () => {
  expect(await list.optOut(PAT, 'newsletter', { by: 'preference-centre' })).toBe('written');
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toMatchObject({
    reason: 'unsubscribe',
    scope: 'newsletter',
  });
  expect(await list.isSuppressed(PAT, { stream: 'receipts' })).toBeNull();
  expect(await list.isSuppressed(PAT)).toBeNull();
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW)));
  for (const stream of ['newsletter', 'receipts', undefined])
    expect(await list.isSuppressed(PAT, { stream })).not.toBeNull();
});

test('a hold blocks until its end', async () => {
  await tell(entryOf(keyOf('pat'), evidenceOf('global-list', NOW)));
  clock.now = NOW + 14 * DAY - 2000;
  expect(await list.isSuppressed(PAT)).toMatchObject({ reason: 'global-list' });
  clock.now = NOW + 15 * DAY;
  expect(await list.isSuppressed(PAT)).toBeNull();
});

test('an opt-in takes an opt-out back, and nothing else', async () => {
  await list.optOut(PAT, 'newsletter');
  expect(await list.optOut(PAT, 'newsletter')).toBe('unchanged');
  expect(await list.optIn(PAT, 'newsletter')).toBe('written');
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toBeNull();
  await tell(entryOf(keyOf('pat', 'newsletter'), evidenceOf('complaint', NOW)));
  await list.optIn(PAT, 'newsletter');
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toMatchObject({ reason: 'complaint' });
});

test('a choice of the past yields to a newer one', async () => {
  await list.optIn(PAT, 'newsletter', { at: new Date(NOW - DAY) });
  await list.optOut(PAT, 'newsletter', { at: new Date(NOW - 2 * DAY) });
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toBeNull();
});

test('an addition blocks everywhere, or in the stream it names', async () => {
  const why = { by: 'support', note: 'asked for by phone' };
  expect(await list.add(PAT, why)).toBe('written');
  expect(await list.add(PAT, why)).toBe('unchanged');
  expect(await list.isSuppressed(PAT, { stream: 'receipts' })).toMatchObject({ reason: 'manual', scope: '*' });
  await list.add('ann@target.example', { ...why, scope: 'receipts' });
  expect(await list.isSuppressed('ann@target.example')).toBeNull();
  expect(await list.isSuppressed('ann@target.example', { stream: 'receipts' })).toMatchObject({ scope: 'receipts' });
});

test('a removal voids what happened before, a pin what bounces afterwards, and a complaint still counts', async () => {
  const why = { by: 'support', note: 'mailbox works again' };
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW)));
  expect(await list.remove(PAT, why)).toBe('written');
  expect(await list.remove(PAT, why)).toBe('unchanged');
  expect(await list.isSuppressed(PAT)).toBeNull();
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW + 1)));
  expect(await list.isSuppressed(PAT)).toMatchObject({ reason: 'hard-bounce' });
  expect(await list.allow(PAT, why)).toBe('written');
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW + 2)));
  expect(await list.isSuppressed(PAT)).toBeNull();
  await tell(entryOf(keyOf('pat'), evidenceOf('complaint', NOW + DAY)));
  expect(await list.isSuppressed(PAT)).toMatchObject({ reason: 'complaint' });
});

test('a removal and a pin hold in the scope they name', async () => {
  const why = { by: 'support', note: 'asked', scope: 'newsletter' };
  await list.optOut(PAT, 'newsletter');
  await list.allow(PAT, { ...why, scope: '*' });
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toMatchObject({ reason: 'unsubscribe' });
  await list.remove(PAT, why);
  expect(await list.isSuppressed(PAT, { stream: 'newsletter' })).toBeNull();
});

test('a removal says why it cannot be, where a fact is dated years ahead', async () => {
  await list.optOut(PAT, 'newsletter', { at: new Date(NOW + 900 * DAY) });
  await expect(list.remove(PAT, { by: 'a', note: 'b', scope: 'newsletter' })).rejects.toThrow(
    /is dated 2029-.*ses-suppressor explain/,
  );
});

test('writes of many at once about one address are all kept', async () => {
  const rival = new SuppressionList({ client, table, now });
  const streams = ['a', 'b', 'c'];
  await Promise.all([
    ...streams.flatMap((stream) => [list.optOut(PAT, stream), rival.optOut(PAT, stream)]),
    tell(entryOf(keyOf('pat', 'a'), evidenceOf('soft-bounce', NOW))),
  ]);
  for (const stream of streams)
    expect(await list.isSuppressed(PAT, { stream })).toMatchObject({ reason: 'unsubscribe' });
  const { found } = await new DynamoDbLedger({ client, table }).read([keyOf('pat', 'a')]);
  expect([...found.values()][0]?.entry.evidence.map(({ reason }) => reason).sort()).toEqual([
    'soft-bounce',
    'unsubscribe',
  ]);
});

test('splits 250 addresses, and loses nobody', async () => {
  const addresses = Array.from({ length: 250 }, (_, i) => `pat${i}@target.example`);
  await tell(...Array.from({ length: 50 }, (_, i) => entryOf(keyOf(`pat${i * 5}`), evidenceOf('hard-bounce', NOW))));
  const { mailable, suppressed, refused } = await list.partition([
    ...addresses,
    'not an address',
    'PAT1@target.example',
  ]);
  expect(suppressed.map(({ given }) => given)).toEqual(addresses.filter((_, i) => i % 5 === 0));
  expect(mailable).toEqual(addresses.filter((_, i) => i % 5 !== 0));
  expect(refused).toMatchObject([{ given: 'not an address', code: 'AddressSyntax' }]);
});

test('splits nobody without a request', async () => {
  expect(await list.partition([])).toEqual({ mailable: [], suppressed: [], refused: [] });
});

test('everybody given is in exactly one list, whatever is given', async () => {
  await tell(entryOf(keyOf('a'), evidenceOf('hard-bounce', NOW)));
  const given = fc.oneof(fc.constantFrom('a@target.example', 'A <a@target.example>', 'b@target.example'), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(given, { maxLength: 10 }), async (addresses) => {
      const { mailable, suppressed, refused } = await list.partition(addresses);
      const told = [...mailable, ...[...suppressed, ...refused].map((each) => each.given)];
      expect(new Set(told).size).toBe(told.length);
      expect(addresses).toEqual(expect.arrayContaining(told));
      expect(suppressed.every(({ address }) => address === 'a@target.example')).toBe(true);
      expect(told.length).toBeGreaterThanOrEqual(addresses.filter((each) => !/^(A <)?a@/.test(each)).length);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['a list of addresses', 'a@target.example, b@target.example', 'AddressNotOne'],
  ['nothing', '', 'AddressEmpty'],
  ['a header in disguise', 'a@target.example\r\nBcc: b@target.example', 'AddressControlCharacter'],
])('fails with a code for %s', async (_what, address, code) => {
  const calls = [
    () => list.isSuppressed(address),
    () => list.optOut(address, 'newsletter'),
    () => list.optIn(address, 'newsletter'),
    () => list.add(address, { by: '', note: '' }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ name: 'ListInputInvalid', code });
});

test.each(['', '*', 'tenant:acme', 'news letter', 'n'.repeat(257)])('fails for the stream %p', async (stream) => {
  await expect(list.optOut(PAT, stream)).rejects.toThrow(ListInputInvalid);
  await expect(list.optIn(PAT, stream)).rejects.toMatchObject({ code: 'ScopeInvalid' });
  await expect(list.isSuppressed(PAT, { stream })).rejects.toThrow('is no stream');
  await expect(list.partition([PAT], { stream })).rejects.toThrow(ListInputInvalid);
});

test.each([new Date('soon'), new Date(-1), new Date(8.64e15)])('fails for the time %p', async (at) => {
  await expect(list.optOut(PAT, 'newsletter', { at })).rejects.toMatchObject({ code: 'TimeInvalid' });
});

test.each([
  ['no addition', undefined, 'OptionsInvalid', 'options'],
  ['nobody who says so', {}, 'TextInvalid', 'by'],
  ['a number for who', { by: 7, note: 'n' }, 'TextInvalid', 'by'],
  ['no note', { by: 'support' }, 'TextInvalid', 'note'],
  ['a scope that is none', { by: 'support', note: 'n', scope: 'tenant:acme' }, 'ScopeInvalid', 'scope'],
  ['a misspelt name', { by: 'support', note: 'n', stream: 'news' }, 'OptionsInvalid', 'options'],
])('an addition with %s fails with a code and names the field', async (_what, addition, code, field) => {
  const adding = list.add(PAT, addition as never);
  await expect(adding).rejects.toMatchObject({ name: 'ListInputInvalid', code, field });
  await expect(adding).rejects.toThrow(new RegExp(`^${field}: .*(got|no) |^${field}: .* is neither`));
  expect(await list.isSuppressed(PAT)).toBeNull();
});

test.each([
  ['a text as time', { at: 'yesterday' }, 'TimeInvalid', 'at: "yesterday" is no time'],
  ['a number as time', { at: NOW }, 'TimeInvalid', `at: ${NOW} is no time`],
  ['a number for who', { by: 7 }, 'TextInvalid', 'by: expected a text, got 7'],
  ['a text as options', 'preference-centre', 'OptionsInvalid', 'options: expected an object'],
  ['null as options', null, 'OptionsInvalid', 'options: expected an object'],
])('a choice with %s fails with a code', async (_what, options, code, message) => {
  for (const choosing of [list.optOut(PAT, 'news', options as never), list.optIn(PAT, 'news', options as never)]) {
    await expect(choosing).rejects.toMatchObject({ name: 'ListInputInvalid', code });
    await expect(choosing).rejects.toThrow(message);
  }
});

test.each(['newsletter', null, ['newsletter'], { streams: 'newsletter' }])(
  'a question with the options %p is refused, not answered for everywhere',
  async (options) => {
    await list.optOut(PAT, 'newsletter');
    await expect(list.isSuppressed(PAT, options as never)).rejects.toMatchObject({ code: 'OptionsInvalid' });
    await expect(list.partition([PAT], options as never)).rejects.toMatchObject({ code: 'OptionsInvalid' });
  },
);

test('splits lists only', async () => {
  for (const addresses of [PAT, undefined, null, { 0: PAT }])
    await expect(list.partition(addresses as never)).rejects.toMatchObject({ code: 'AddressesNotAList' });
  const { mailable, refused } = await list.partition([PAT, 7, null] as never);
  expect(mailable).toEqual([PAT]);
  expect(refused).toMatchObject([{ code: 'AddressNotText' }, { code: 'AddressNotText' }]);
});

test.each([
  [undefined, 'OptionsInvalid', 'options'],
  [{}, 'TableInvalid', 'TableName'],
  [{ table: '' }, 'TableInvalid', 'TableName'],
  [{ table: 'a', tabel: 'b' }, 'OptionsInvalid', 'there is no "tabel"'],
  [{ table: 'a', policy: { globalListHoldDays: -1 } }, 'PolicyInvalid', 'policy.globalListHoldDays: '],
  [{ table: 'a', policy: { holdDays: 1 } }, 'PolicyInvalid', 'policy.holdDays: '],
])('no list is made of %j', (options, code, message) => {
  const make = () => new SuppressionList(options as never);
  expect(make).toThrow(ListInputInvalid);
  expect(make).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
});

const failing = (name: string, message: string) => async () => {
  throw Object.assign(new Error(message), { name });
};

test.each([
  ['Region', { region: failing('Error', 'Region is missing') }, 'set AWS_REGION'],
  [
    'credentials',
    { region: 'eu-west-1', credentials: failing('CredentialsProviderError', 'Could not load credentials') },
    'no AWS credentials were found; give the program a role, or set AWS_PROFILE',
  ],
])('without %s it says what to set, not to try again', async (_what, config, remedy) => {
  const lost = new SuppressionList({ client: dynamoDbClient(config), table });
  for (const asking of [lost.isSuppressed(PAT), lost.partition([PAT]), lost.optOut(PAT, 'news')]) {
    await expect(asking).rejects.toThrow(remedy);
    await expect(asking).rejects.not.toThrow('try again');
    await expect(asking).rejects.toMatchObject({ code: 'ListUnavailable' });
  }
});

test('says which table there is none of', async () => {
  const blind = new SuppressionList({ client, table: 'nowhere' });
  for (const asking of [blind.isSuppressed(PAT), blind.add(PAT, { by: '', note: '' })])
    await expect(asking).rejects.toThrow(
      /^.+: there is no table "nowhere" in this account and Region; use the stack's output TableName, and its Region$/,
    );
});

test.each([
  ['AccessDeniedException', 'not authorized', 'allow dynamodb:BatchGetItem'],
  ['UnrecognizedClientException', 'The security token is invalid.', 'renew them'],
  ['ValidationException', 'The key is wrong', "use the stack's output TableName"],
  ['ThrottlingException', 'slow down', 'try again: slow down'],
])('for %s it has a remedy', async (name, message, remedy) => {
  const refusing = { send: failing(name, message) } as unknown as DynamoDBClient;
  const asking = new SuppressionList({ client: refusing, table }).isSuppressed(PAT);
  await expect(asking).rejects.toThrow(remedy);
  await expect(asking).rejects.toThrow(message);
});

test('fails rather than say "free to mail" when the list cannot be read', async () => {
  const blind = new SuppressionList({ client, table: 'nowhere' });
  await expect(blind.isSuppressed(PAT)).rejects.toThrow(ListUnavailable);
  await expect(blind.partition([PAT])).rejects.toMatchObject({ code: 'ListUnavailable', retryable: true });
  await expect(blind.optOut(PAT, 'newsletter')).rejects.toMatchObject({ code: 'ListUnavailable' });
  await expect(blind.add(PAT, { by: '', note: '' })).rejects.toThrow('could not be changed');
});

test('an entry that nobody can read fails the whole question', async () => {
  await tell(entryOf(keyOf('pat'), evidenceOf('hard-bounce', NOW)));
  const Item = { address: { S: 'ann@target.example' }, scope: { S: '*' }, status: { S: 'Blocked' } };
  await client.send(new PutItemCommand({ TableName: table, Item }));
  await expect(list.partition([PAT, 'ann@target.example'])).rejects.toThrow(ListUnavailable);
});
