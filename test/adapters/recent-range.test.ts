import { QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { DynamoDbList } from '../../adapters/dynamodb-list.ts';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { keyText } from '../../core/entry/entry.ts';
import { DAY, type Instant, toIso } from '../../core/instant.ts';
import type { Ledger, Listed, RecentList, RecentRange } from '../../core/ledger/ledger.ts';
import { type LocalDynamoDb, startDynamoDb } from './local-table.ts';
import { entryOf, evidenceOf, keyOf, NOW } from './samples.ts';

const FIRST = Date.UTC(2026, 10, 1);

let local: LocalDynamoDb;
beforeAll(async () => {
  local = await startDynamoDb();
});
afterAll(() => local.close());

/** Days, and hours within them, so that some come together; a few are on the edge of a month. */
const times = fc.oneof(
  fc.integer({ min: 0, max: Math.floor((NOW - FIRST) / DAY) - 1 }).map((day) => FIRST + day * DAY),
  fc.integer({ min: FIRST, max: NOW }),
  fc.constantFrom(Date.UTC(2026, 11, 1), Date.UTC(2026, 11, 1) - 1, Date.UTC(2027, 0, 1), Date.UTC(2027, 0, 1) - 1),
);
const written = fc.array(fc.record({ at: times, scope: fc.constantFrom('*', 'newsletter') }), { maxLength: 40 });
const range = fc.record({ since: fc.option(times), until: fc.option(times), after: fc.option(fc.nat()) });

const listed = async (list: AsyncIterable<Listed>): Promise<Listed[]> => {
  const all: Listed[] = [];
  for await (const each of list) all.push(each);
  return all;
};

type Wrote = { readonly at: Instant; readonly scope: string };

const write = async (ledger: Ledger, clock: { now: Instant }, all: readonly Wrote[]): Promise<void> => {
  for (const [i, { at, scope }] of all.entries()) {
    clock.now = at;
    const entry = entryOf(keyOf(`pat${i}`, scope), evidenceOf('hard-bounce', at));
    await ledger.write(entry, { status: 'suppressed', reason: 'hard-bounce', since: at }, undefined);
  }
  clock.now = NOW;
};

/** What a range means, said by reading everything and leaving out. */
const leaveOut = (whole: readonly Listed[], { since, until, after }: RecentRange): Listed[] => {
  const from = after === undefined ? 0 : whole.findIndex((each) => keyText(each) === keyText(after)) + 1;
  return whole
    .slice(from)
    .filter(({ updatedAt }) => since === undefined || updatedAt >= toIso(since))
    .filter(({ updatedAt }) => until === undefined || updatedAt < toIso(until));
};

const asRange = (given: { since: number | null; until: number | null; after: number | null }, whole: Listed[]) => {
  const place = given.after === null ? undefined : whole[given.after % Math.max(1, whole.length)];
  return {
    ...(given.since !== null && { since: given.since }),
    ...(given.until !== null && { until: given.until }),
    ...(place !== undefined && { after: place }),
  };
};

const agrees = async (ledger: RecentList, ranges: Parameters<typeof asRange>[0][]): Promise<void> => {
  const whole = await listed(ledger.recent());
  for (const given of ranges) {
    const asked = asRange(given, whole);
    expect(await listed(ledger.recent(asked))).toEqual(leaveOut(whole, asked));
  }
};

test('in memory a range has what leaving out would have', async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.array(range, { minLength: 1, maxLength: 5 }), async (all, ranges) => {
      const clock = { now: NOW };
      const ledger = new MemoryLedger({ now: () => clock.now });
      await write(ledger, clock, all);
      await agrees(ledger, ranges);
    }),
  );
});

test('in DynamoDB a range has what leaving out would have', async () => {
  let tables = 0;
  await fc.assert(
    fc.asyncProperty(written, fc.array(range, { minLength: 20, maxLength: 20 }), async (all, ranges) => {
      tables += 1;
      await local.createTable(`range-${tables}`);
      const clock = { now: NOW };
      const ledger = new DynamoDbList({ client: local.client(), table: `range-${tables}`, now: () => clock.now });
      await write(ledger, clock, all);
      expect(await listed(ledger.recent())).toHaveLength(all.length);
      await agrees(ledger, ranges);
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);

test('asks only the months of a range, and only for its times', async () => {
  await local.createTable('asked');
  const client = local.client();
  const clock = { now: NOW };
  const ledger = new DynamoDbList({ client, table: 'asked', now: () => clock.now });
  await write(
    ledger,
    clock,
    Array.from({ length: 60 }, (_, i) => ({ at: FIRST + i * DAY, scope: '*' })),
  );
  const asked: { readonly bucket: string; readonly brought: number }[] = [];
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const { ExpressionAttributeValues: values } = args.input as QueryCommand['input'];
      const { Items } = answer.output as { readonly Items?: readonly unknown[] };
      if (context.commandName === QueryCommand.name)
        asked.push({ bucket: values?.[':bucket']?.S ?? '', brought: Items?.length ?? 0 });
      return answer;
    },
    { name: 'asked', step: 'initialize' },
  );
  const since = Date.UTC(2026, 11, 10);
  const found = await listed(ledger.recent({ since, until: since + 3 * DAY }));
  expect(found).toHaveLength(3);
  expect(asked.map(({ bucket }) => bucket).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `2026-12#${i}`));
  expect(asked.reduce((sum, { brought }) => sum + brought, 0)).toBe(3);
  asked.length = 0;
  expect(await listed(ledger.recent({ since: NOW + 60 * DAY }))).toEqual([]);
  expect(await listed(ledger.recent({ since, until: since }))).toEqual([]);
  expect(asked.reduce((sum, { brought }) => sum + brought, 0)).toBe(0);
});
