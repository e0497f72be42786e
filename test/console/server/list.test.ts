import fc from 'fast-check';
import { DynamoDbList } from '../../../adapters/dynamodb-list.ts';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import type { OpenedList } from '../../../cli/dependencies.ts';
import type { ListEntry, ListPage } from '../../../console/api.ts';
import { listPage, MOST_LOOKED } from '../../../console/server/list/list-page.ts';
import { addListRoutes } from '../../../console/server/routes/list.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { add } from '../../../core/ledger/add.ts';
import { allow } from '../../../core/ledger/allow.ts';
import type { Ledger, Listed, RecentRange } from '../../../core/ledger/ledger.ts';
import { startDynamoDb } from '../../adapters/local-table.ts';
import { addressOf } from '../../adapters/samples.ts';
import { ledgerThatLearnt, NOW, teach } from '../../cli/harness.ts';
import { bounce, complaint, softBounces } from '../../cli/messages.ts';
import { routes } from './ask.ts';

const HOUR = 3_600_000;
const SAID = { by: 'sam', note: 'asked' };

/** Teaches entries of every kind, three of them in each moment, one moment every sixteen hours. */
const teachMany = async (ledger: Ledger, clock: { now: number }, count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) {
    clock.now = NOW - Math.floor(i / 3) * 16 * HOUR;
    const to = `pat${i}@${i % 2 === 0 ? 'even' : 'odd'}.example`;
    const key = { address: addressOf(to), scope: 'newsletter' };
    if (i % 5 === 0) await allow(ledger, key, SAID, DEFAULT_POLICY, clock.now);
    else if (i % 5 === 1) await add(ledger, key, SAID, DEFAULT_POLICY, clock.now);
    else await teach(ledger, [i % 5 === 2 ? complaint({ to, id: `c-${i}` }) : bounce({ to, id: `b-${i}` })]);
  }
};

const many = async (count = 120): Promise<MemoryLedger> => {
  const clock = { now: NOW };
  const ledger = new MemoryLedger({ now: () => clock.now });
  await teachMany(ledger, clock, count);
  return ledger;
};

const asking = (ledger: OpenedList['ledger']) => {
  const { get } = routes([addListRoutes], {
    overrides: {
      openList: async () => ({ table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close: () => undefined }),
    },
  });
  const page = async (query: string) => {
    const { status, body, problem } = await get<ListPage>(`/list?${query}`);
    expect(problem).toBeUndefined();
    expect(status).toBe(200);
    return body;
  };
  const toTheEnd = async (query: string): Promise<readonly ListEntry[]> => {
    const found: ListEntry[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const answer: ListPage = await page(next === '' ? query : `${query}&after=${next}`);
      found.push(...answer.entries);
      next = answer.next;
    }
    return found;
  };
  return { get, page, toTheEnd };
};

const names = (entries: readonly ListEntry[]) => entries.map(({ address, scope }) => `${address} ${scope}`);

test('tells entries with the names of the table, newest change first, and marks holds that have ended', async () => {
  const ended = softBounces(3, Date.UTC(2026, 10, 5, 8), 'old@target.example');
  const { page } = asking(await ledgerThatLearnt([bounce(), ...ended]));
  expect(await page('')).toEqual({
    entries: [
      {
        address: 'pat@target.example',
        scope: '*',
        status: 'suppressed',
        reason: 'hard-bounce',
        since: '2026-11-10T08:00:00.000Z',
        until: null,
        updatedAt: '2026-11-20T12:00:00.000Z',
        ended: false,
      },
      expect.objectContaining({ address: 'old@target.example', until: '2026-11-12T08:00:00.000Z', ended: true }),
    ],
    next: null,
    looked: 2,
    exact: false,
  });
});

describe('narrowed down', () => {
  let ledger: MemoryLedger;
  let whole: readonly ListEntry[];
  beforeAll(async () => {
    ledger = await many();
    whole = (await asking(ledger).page('limit=500')).entries;
    expect(whole).toHaveLength(120);
  });

  test.each<[string, (entry: ListEntry) => boolean]>([
    ['', () => true],
    ['reason=complaint', ({ reason }) => reason === 'complaint'],
    ['reason=manual&reason=hard-bounce', ({ reason, status }) => reason !== 'complaint' && status !== 'allowed'],
    ['scope=newsletter', ({ scope }) => scope === 'newsletter'],
    ['scope=*', ({ scope }) => scope === '*'],
    ['status=allowed', ({ status }) => status === 'allowed'],
    ['since=2026-11-05', ({ updatedAt }) => updatedAt >= '2026-11-05'],
    ['until=2026-11-05', ({ updatedAt }) => updatedAt < '2026-11-05'],
    ['until=2026-11-05T12:00%2B02:00', ({ updatedAt }) => updatedAt < '2026-11-05T10'],
    ['search=EVEN', ({ address }) => address.endsWith('even.example')],
    ['search=%20pat1%20', ({ address }) => address.includes('pat1')],
    [
      'search=t3&reason=hard-bounce&since=2026-11-01',
      ({ address, reason, updatedAt }) =>
        address.includes('t3') && reason === 'hard-bounce' && updatedAt >= '2026-11-01',
    ],
  ])('%s', async (query, fits) => {
    const wanted = whole.filter(fits);
    expect(wanted.length).toBeGreaterThan(2);
    const { page, toTheEnd } = asking(ledger);
    expect((await page(`limit=500&${query}`)).entries).toEqual(wanted);
    expect(await toTheEnd(`limit=7&${query}`)).toEqual(wanted);
  });

  test('pages of any length hold every entry once, in the same order', async () => {
    const { toTheEnd } = asking(ledger);
    const filter = fc.constantFrom(
      '',
      'reason=complaint',
      'status=allowed',
      'search=odd',
      'scope=newsletter',
      'search=nobody',
    );
    await fc.assert(
      fc.asyncProperty(filter, fc.integer({ min: 3, max: 200 }), async (query, limit) => {
        expect(await toTheEnd(`limit=${limit}&${query}`)).toEqual(await toTheEnd(`limit=500&${query}`));
      }),
      { numRuns: 15 },
    );
  });
});

test('a hundred are a page, and the last page has no next', async () => {
  const { page } = asking(await many(101));
  const first = await page('');
  expect([first.entries.length, first.looked]).toEqual([100, 100]);
  const second = await page(`after=${first.next}`);
  expect([second.entries.length, second.looked, second.next]).toEqual([1, 1, null]);
});

test('DynamoDB gives every entry once across pages, too', async () => {
  const dynamo = await startDynamoDb();
  try {
    await dynamo.createTable('Suppressions');
    const clock = { now: NOW };
    const options = { client: dynamo.client(), table: 'Suppressions', firstMonth: '2026-10', now: () => clock.now };
    const list = new DynamoDbList(options);
    await teachMany(list, clock, 60);
    clock.now = NOW;
    const { page, toTheEnd } = asking(list);
    const whole = (await page('limit=500')).entries;
    expect(new Set(names(whole)).size).toBe(60);
    expect(await toTheEnd('limit=7')).toEqual(whole);
    expect(await toTheEnd('limit=2&search=odd')).toEqual(whole.filter(({ address }) => address.includes('odd')));
  } finally {
    await dynamo.close();
  }
});

describe('a search that finds little', () => {
  const COUNT = 12_001;
  /** An index of many entries, and how many of them were read. */
  const long = () => {
    const read = { entries: 0 };
    const at = (i: number) => new Date(NOW - i * HOUR).toISOString();
    const placeOf = ({ after }: RecentRange) =>
      after === undefined ? 0 : (NOW - Date.parse(after.updatedAt)) / HOUR + 1;
    async function* recent(range: RecentRange = {}): AsyncGenerator<Listed> {
      for (let i = placeOf(range); i < COUNT; i += 1) {
        read.entries += 1;
        const address = addressOf(i % 4000 === 3999 ? `needle${i}@x.example` : `pat${i}@x.example`);
        yield { address, scope: '*', status: 'suppressed', reason: 'complaint', updatedAt: at(i) };
      }
    }
    return { ledger: Object.assign(new MemoryLedger(), { recent }), read };
  };

  test('looks at five thousand entries for a page, says so, and goes on where it was', async () => {
    const { ledger, read } = long();
    const { page } = asking(ledger);
    const first = await page('search=needle');
    expect([names(first.entries), first.looked]).toEqual([['needle3999@x.example *'], MOST_LOOKED]);
    expect(read.entries).toBe(MOST_LOOKED + 1);
    const second = await page(`search=needle&after=${first.next}`);
    expect([names(second.entries), second.looked]).toEqual([['needle7999@x.example *'], MOST_LOOKED]);
    const third = await page(`search=needle&after=${second.next}`);
    expect([names(third.entries), third.looked, third.next]).toEqual([
      ['needle11999@x.example *'],
      COUNT - 2 * MOST_LOOKED,
      null,
    ]);
  });

  test('has no next where exactly so many are there', async () => {
    const { ledger } = long();
    const list = { table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close: () => undefined };
    const since = NOW - (MOST_LOOKED - 1) * HOUR;
    const upTo = async function* (range: RecentRange = {}) {
      for await (const entry of ledger.recent(range)) if (Date.parse(entry.updatedAt) >= since) yield entry;
    };
    const query = { search: 'nobody', wanted: {}, range: {} };
    const only = { ...list, ledger: Object.assign(new MemoryLedger(), { recent: upTo }) };
    expect(await listPage(query, 100, only, NOW)).toEqual({
      entries: [],
      next: null,
      looked: MOST_LOOKED,
      exact: false,
    });
  });
});

describe('a search for a whole address', () => {
  const learnt = () =>
    ledgerThatLearnt([complaint({ to: 'pat@target.example' }), ...softBounces(1, undefined, 'ann@target.example')]);

  test('looks it up in every scope, what is only watched too, and reads no index', async () => {
    const ledger = await learnt();
    await add(ledger, { address: addressOf('pat@target.example'), scope: 'newsletter' }, SAID, DEFAULT_POLICY, NOW);
    const noIndex = Object.assign(ledger, {
      recent: () => {
        throw new Error('the index was read');
      },
    });
    const { page } = asking(noIndex);
    const pat = await page(`search=${encodeURIComponent('"Pat" <PAT@target.example>')}`);
    expect(names(pat.entries)).toEqual(['pat@target.example *', 'pat@target.example newsletter']);
    expect([pat.exact, pat.looked, pat.next]).toEqual([true, 0, null]);
    const ann = await page('search=ann@target.example');
    expect(ann.entries).toEqual([expect.objectContaining({ status: 'watched', reason: null, ended: false })]);
    expect((await page('search=nobody@target.example')).entries).toEqual([]);
  });

  test('keeps to the filters', async () => {
    const { page } = asking(await learnt());
    const found = async (filter: string) => (await page(`search=pat@target.example&${filter}`)).entries.length;
    expect(await Promise.all(['reason=complaint', 'since=2026-11-20', 'until=2026-11-21'].map(found))).toEqual([
      1, 1, 1,
    ]);
    expect(await Promise.all(['reason=manual', 'status=allowed', 'scope=a', 'until=2026-11-20'].map(found))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('has the beginning of a range in it, and not its end, as the index has', async () => {
    const { page } = asking(await learnt());
    const found = async (filter: string) => (await page(`search=pat@target.example&${filter}`)).entries.length;
    const [at, after] = [new Date(NOW).toISOString(), new Date(NOW + 1).toISOString()];
    expect(await Promise.all([`since=${at}`, `since=${after}`, `until=${at}`, `until=${after}`].map(found))).toEqual([
      1, 0, 0, 1,
    ]);
  });

  test('says that an entry cannot be read', async () => {
    const ledger = new MemoryLedger();
    ledger.put({ address: { S: 'pat@target.example' }, scope: { S: '*' }, status: { S: 'odd' }, bucket: { S: 'x' } });
    const { get } = asking(ledger);
    expect(await get('/list?search=pat@target.example')).toMatchObject({
      status: 502,
      problem: { code: 'EntryUnreadable' },
    });
  });
});

test('finds a domain by its name, whatever its letters', async () => {
  const { page } = asking(
    await ledgerThatLearnt([bounce({ to: 'pat@bücher.example' }), bounce({ to: 'ann@x.example' })]),
  );
  expect(names((await page(`search=${encodeURIComponent('@Bücher.example')}`)).entries)).toEqual([
    'pat@xn--bcher-kva.example *',
  ]);
});

test.each([
  ['limit=0', 'limit: expected a whole number from 1 to 500'],
  ['limit=501', 'limit: expected a whole number from 1 to 500'],
  ['limit=1e2', 'limit: expected a whole number from 1 to 500'],
  ['reason=nonsense', 'reason.0: '],
  ['scope=a%20b', 'scope: expected *, a stream such as newsletter, or tenant:NAME'],
  ['scope=a&scope=b', 'scope: expected <=1, got a list of 2'],
  ['status=watched', 'status: '],
  ['since=yesterday', 'since: expected a day such as 2026-12-14'],
  ['since=2026-11-10&until=2026-11-10', 'until is not after since'],
  ['after=nonsense', 'after: expected the cursor'],
  [`search=${'a'.repeat(321)}`, 'search: '],
  ['nonsense=1', 'nonsense: '],
])('refuses %s', async (query, message) => {
  const { status, problem } = await asking(new MemoryLedger()).get(`/list?${query}`);
  expect(status).toBe(400);
  expect(problem?.message).toContain(message);
});
