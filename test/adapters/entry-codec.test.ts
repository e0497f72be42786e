import fc from 'fast-check';
import type { Attributes } from '../../adapters/attributes.ts';
import { bucketOf, monthBefore, shardOf } from '../../adapters/bucket.ts';
import { decodeEntry, decodeListed, decodeStanding, encodeEntry } from '../../adapters/entry-codec.ts';
import { BLOCKING_REASONS, type Entry, type Evidence } from '../../core/entry/entry.ts';
import { toIso } from '../../core/instant.ts';
import { entryOf, evidenceOf, fullEntry, keyOf, NOW } from './samples.ts';

const WRITTEN = { version: 'b7', updatedAt: NOW };
const watched = (entry: Entry): Attributes => encodeEntry(entry, { status: 'watched' }, WRITTEN);

const instants = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const entries: fc.Arbitrary<Entry> = fc
  .record({
    scope: fc.constantFrom('*', 'newsletter', 'tenant:a'),
    evidence: fc.array(
      fc.record(
        {
          id: fc.string(),
          at: instants,
          rule: fc.string(),
          reason: fc.constantFrom(...BLOCKING_REASONS, 'not-spam' as const, 'opted-in' as const),
          type: fc.string(),
          subtype: fc.string(),
          status: fc.string(),
          messageId: fc.string(),
          diagnostic: fc.string({ unit: 'binary' }),
          reported: fc.string(),
        },
        { requiredKeys: ['id', 'at', 'rule', 'reason', 'type'] },
      ) as fc.Arbitrary<Evidence>,
      { maxLength: 12 },
    ),
    deliveries: fc.array(fc.record({ at: instants, messageId: fc.string() }), { maxLength: 6 }),
    clearedAt: some(instants),
    forgottenAt: some(instants),
    operator: some(
      fc.record({
        action: fc.constantFrom('remove' as const, 'allow' as const, 'add' as const),
        at: instants,
        by: fc.string(),
        note: fc.string(),
      }),
    ),
  })
  .map(({ scope, evidence, deliveries, clearedAt, forgottenAt, operator }) => ({
    ...keyOf('pat', scope),
    evidence,
    deliveries,
    ...(clearedAt === undefined ? {} : { clearedAt }),
    ...(forgottenAt === undefined ? {} : { forgottenAt }),
    ...(operator === undefined ? {} : { operator }),
  }));

test('gives back every entry that it wrote, whatever is in it', () => {
  fc.assert(
    fc.property(entries, (entry) => {
      expect(decodeEntry(watched(entry))).toEqual({ entry, version: 'b7', updatedAt: toIso(NOW) });
    }),
  );
});

test('writes the attributes that the table documents, and no others', () => {
  const item = encodeEntry(
    { ...fullEntry(keyOf('pat')), evidence: [evidenceOf('complaint', NOW, 'a')] },
    { status: 'suppressed', reason: 'complaint', since: NOW, until: NOW + 1, expiresAt: NOW + 878 },
    WRITTEN,
  );
  expect(item).toEqual({
    address: { S: 'pat@target.example' },
    scope: { S: '*' },
    status: { S: 'suppressed' },
    reason: { S: 'complaint' },
    since: { S: '2027-01-15T12:00:00.123Z' },
    until: { N: String(NOW / 1000 + 0.877) },
    expiresAt: { N: String(NOW / 1000 + 1.877) },
    evidence: {
      L: [
        {
          M: {
            id: { S: 'a' },
            at: { S: '2027-01-15T12:00:00.123Z' },
            rule: { S: 'complaint' },
            reason: { S: 'complaint' },
            type: { S: 'Bounce' },
          },
        },
      ],
    },
    deliveries: {
      L: [
        { M: { at: { S: '2027-01-15T11:59:51.123Z' }, messageId: { S: '' } } },
        { M: { at: { S: '2027-01-15T11:59:52.123Z' }, messageId: { S: '0100018f-bbbb' } } },
      ],
    },
    clearedAt: { S: '2027-01-15T11:59:40.122Z' },
    forgottenAt: { S: '2027-01-15T11:59:30.121Z' },
    operator: {
      M: {
        action: { S: 'remove' },
        at: { S: '2027-01-15T11:59:40.122Z' },
        by: { S: '' },
        note: { S: 'asked for, "by phone"' },
      },
    },
    version: { S: 'b7' },
    updatedAt: { S: '2027-01-15T12:00:00.123Z' },
    bucket: { S: '2027-01#3' },
  });
});

test('keeps what is only watched out of the index', () => {
  expect(watched(entryOf(keyOf('pat')))).not.toHaveProperty('bucket');
});

test('ignores attributes that it does not know, in the item and in its parts', () => {
  const entry = entryOf(keyOf('pat'), evidenceOf('complaint', NOW));
  const item = watched(entry);
  const [piece] = item.evidence?.L ?? [];
  const richer = { ...item, colour: { S: 'red' }, evidence: { L: [{ M: { ...piece?.M, colour: { S: 'red' } } }] } };
  expect(decodeEntry(richer as Attributes).entry).toEqual(entry);
});

const piece = (fields: Attributes): Attributes => ({
  evidence: {
    L: [{ M: { ...watched(entryOf(keyOf('a'), evidenceOf('complaint', NOW))).evidence?.L?.[0]?.M, ...fields } }],
  },
});

test.each<[string, Attributes, string]>([
  ['a reason of a newer version', piece({ reason: { S: 'spam-trap' } }), 'evidence[0].reason "spam-trap" is not known'],
  ['evidence without a time', piece({ at: { S: 'yesterday' } }), 'evidence[0].at is not an ISO 8601 time'],
  ['evidence with a number for a text', piece({ status: { N: '5' } }), 'evidence[0].status is not text'],
  ['evidence that is no map', { evidence: { L: [{ S: 'note' }] } }, 'evidence[0] is not a map'],
  ['evidence that is no list', { evidence: { S: 'note' } }, 'evidence is not a list'],
  ['a delivery without a time', { deliveries: { L: [{ M: {} }] } }, 'deliveries[0].at is not an ISO 8601 time'],
  ['an operator who did something else', { operator: { M: { action: { S: 'ban' } } } }, 'operator.action "ban"'],
  ['a clearance without a time', { clearedAt: { N: '12' } }, 'clearedAt is no ISO 8601 time'],
])('refuses to read %s, naming the place and not the address', (_what, attributes, message) => {
  const item = { ...watched(entryOf(keyOf('pat'))), ...attributes };
  expect(() => decodeEntry(item)).toThrow(message);
  expect(() => decodeEntry(item)).toThrow(/^(?!.*target\.example)/);
});

test.each(['version', 'evidence'])('refuses to merge into an item of another program, which has no %s', (name) => {
  const { [name]: _dropped, ...item } = watched(entryOf(keyOf('pat')));
  expect(() => decodeEntry(item)).toThrow('another program wrote it');
});

test('reads the standing of an item that another program wrote', () => {
  expect(
    decodeStanding({ status: { S: 'suppressed' }, reason: { S: 'spam-trap' }, until: { N: '1800000000' } }),
  ).toEqual({
    status: 'suppressed',
    reason: 'spam-trap',
    until: 1_800_000_000_000,
  });
});

test.each<[string, Attributes, string]>([
  ['no status', {}, 'there is no status: it is suppressed, watched or allowed'],
  [
    'an unknown status',
    { status: { S: 'Suppressed' } },
    'status "Suppressed" is none: it is suppressed, watched or allowed',
  ],
  ['an end that is text', { status: { S: 'suppressed' }, until: { S: '1800000000' } }, 'until is no number'],
  ['an end that is no time', { status: { S: 'suppressed' }, until: { N: '1e300' } }, 'until is no number'],
])('refuses to take %s for permission to mail', (_what, item, message) => {
  expect(() => decodeStanding(item)).toThrow(message);
});

test('lists an item of the index with the time of its change', () => {
  const item = encodeEntry(entryOf(keyOf('pat')), { status: 'allowed', reason: 'manual', since: NOW }, WRITTEN);
  expect(decodeListed(item)).toEqual({
    ...keyOf('pat'),
    status: 'allowed',
    reason: 'manual',
    since: NOW,
    updatedAt: '2027-01-15T12:00:00.123Z',
  });
});

test('spreads addresses over all eight buckets, each always in the same', () => {
  const shards = Array.from({ length: 800 }, (_, i) => shardOf(`pat${i}@target.example`));
  for (let shard = 0; shard < 8; shard += 1) expect(shards.filter((s) => s === shard).length).toBeGreaterThan(50);
  expect(bucketOf('2027-01', shardOf('pat@target.example'))).toBe('2027-01#3');
});

test('goes back over the turn of the year', () => {
  expect([monthBefore('2027-01'), monthBefore('2026-12')]).toEqual(['2026-12', '2026-11']);
});
