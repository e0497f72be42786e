import fc from 'fast-check';
import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { cursorOf, placeOf } from '../../cli/list/cursor.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { add } from '../../core/ledger/add.ts';
import { allow } from '../../core/ledger/allow.ts';
import type { RecentPlace, RecentRange } from '../../core/ledger/ledger.ts';
import { addressOf } from '../adapters/samples.ts';
import { cli, ledgerThatLearnt, lines, teach } from './harness.ts';
import { bounce, complaint, softBounces } from './messages.ts';

const DAY = 24 * 3600 * 1000;
const ended = softBounces(3, Date.UTC(2026, 10, 5, 8), 'old@target.example');

test('prints entries with the names of the table, and marks holds that have ended', async () => {
  const ledger = await ledgerThatLearnt([bounce(), ...ended]);
  const { exit, out } = await cli(['list', '--json'], { ledger });
  expect(lines(out)).toEqual([
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
  ]);
  expect(exit).toBe(0);
});

test('prints an aligned table for people', async () => {
  const { out } = await cli(['list'], { ledger: await ledgerThatLearnt([bounce(), ...ended]) });
  expect(out).toBe(
    [
      'ADDRESS             SCOPE  STATUS      REASON       SINCE                 UNTIL',
      'pat@target.example  *      suppressed  hard-bounce  2026-11-10 08:00 UTC  no end',
      'old@target.example  *      suppressed  soft-bounce  2026-11-03 08:00 UTC  2026-11-12 08:00 UTC (ended)',
      '',
    ].join('\n'),
  );
});

test('stops at the limit, and says how to go on', async () => {
  const ledger = await ledgerThatLearnt([bounce(), complaint({ to: 'b@x.example' }), complaint({ to: 'c@x.example' })]);
  const whole = lines((await cli(['list', '--json'], { ledger })).out);
  const first = lines((await cli(['list', '--limit', '2', '--json'], { ledger })).out);
  expect(first).toEqual([...whole.slice(0, 2), { next: expect.stringMatching(/^[\w-]+$/) }]);
  const next = String(first[2]?.next);
  expect(lines((await cli(['list', '--limit', '2', '--json', '--after', next], { ledger })).out)).toEqual(
    whole.slice(2),
  );
  expect((await cli(['list', '--limit', '2'], { ledger })).out).toContain(`\nMore: the same with --after ${next}\n`);
  expect((await cli(['list', '--limit', '3'], { ledger })).out).not.toContain('--after');
  const end = cursorOf(whole[2] as unknown as RecentPlace);
  expect((await cli(['list', '--after', end], { ledger })).out).toBe('Nothing follows.\n');
  expect((await cli(['list', '--after', end, '--json'], { ledger })).out).toBe('');
});

/** Entries of every kind over three months, one every sixteen hours. */
const many = async (count = 130): Promise<MemoryLedger> => {
  const clock = { now: 0 };
  const ledger = new MemoryLedger({ now: () => clock.now });
  for (let i = 0; i < count; i += 1) {
    clock.now = Date.UTC(2026, 10, 20) - i * 16 * 3_600_000;
    const to = `pat${i}@x.example`;
    const key = { address: addressOf(to), scope: 'newsletter' };
    if (i % 5 === 0) await allow(ledger, key, { by: 'sam', note: 'asked' }, DEFAULT_POLICY, clock.now);
    else if (i % 5 === 1) await add(ledger, key, { by: 'sam', note: 'asked' }, DEFAULT_POLICY, clock.now);
    else await teach(ledger, [i % 5 === 2 ? complaint({ to, id: `c-${i}` }) : bounce({ to, id: `b-${i}` })]);
  }
  return ledger;
};

describe('narrowed down', () => {
  let ledger: MemoryLedger;
  let whole: Record<string, unknown>[];
  const listed = async (...args: string[]) => lines((await cli(['list', '--json', ...args], { ledger })).out);
  beforeAll(async () => {
    ledger = await many();
    whole = await listed('--all');
  });

  test.each<[string[], (line: Record<string, unknown>) => boolean]>([
    [['--reason', 'complaint'], ({ reason }) => reason === 'complaint'],
    [['--reason', 'manual'], ({ reason, status }) => reason === 'manual' && status === 'suppressed'],
    [
      ['--reason', 'manual', '--reason', 'hard-bounce'],
      ({ reason, status }) => reason !== 'complaint' && status !== 'allowed',
    ],
    [['--scope', 'newsletter'], ({ scope }) => scope === 'newsletter'],
    [['--scope', 'newsletter', '--scope', '*'], () => true],
    [['--status', 'allowed'], ({ status }) => status === 'allowed'],
    [['--status', 'suppressed', '--scope', 'newsletter'], ({ scope, status }) => scope !== '*' && status !== 'allowed'],
    [['--since', '2026-11-01'], ({ updatedAt }) => String(updatedAt) >= '2026-11-01'],
    [['--until', '2026-10-19T08:00Z'], ({ updatedAt }) => String(updatedAt) < '2026-10-19T08:00:00.000Z'],
    [['--since', '2026-10-01', '--until', '2026-11-01'], ({ updatedAt }) => String(updatedAt).startsWith('2026-10')],
    [
      ['--since', '2026-10-01', '--reason', 'complaint'],
      ({ updatedAt, reason }) => String(updatedAt) > '2026-10' && reason === 'complaint',
    ],
  ])('%j', async (args, fits) => {
    const wanted = whole.filter(fits);
    expect(wanted.length).toBeGreaterThan(5);
    expect(await listed('--all', ...args)).toEqual(wanted);
    const paged: Record<string, unknown>[] = [];
    let after: string[] = [];
    for (;;) {
      const page = await listed('--limit', '7', ...args, ...after);
      const next = page.at(-1)?.next;
      paged.push(...page.filter((line) => !('next' in line)));
      if (next === undefined) break;
      expect(page).toHaveLength(8);
      after = ['--after', String(next)];
    }
    expect(paged).toEqual(wanted);
  });

  test('shows 50 unless told, and all with --all', async () => {
    expect(await listed()).toHaveLength(51);
    expect(whole).toHaveLength(130);
    expect(whole.at(-1)).not.toHaveProperty('next');
    const { out } = await cli(['list', '--all'], { ledger });
    expect(out.split('\n')).toHaveLength(132);
    expect(out).not.toContain('--after');
  });

  test('says that nothing is like that', async () => {
    expect((await cli(['list', '--reason', 'dead-domain'], { ledger })).out).toBe(
      'Nothing in Suppressions is like that.\n',
    );
  });

  test('asks for nothing outside the times', async () => {
    const asked: unknown[] = [];
    const recent = ledger.recent.bind(ledger);
    const watched = Object.assign(new MemoryLedger(), {
      recent: (range: RecentRange) => {
        asked.push(range);
        return recent(range);
      },
    });
    await cli(['list', '--since', '2026-10-01', '--until', '2026-11-01T12:00:00+02:00'], { ledger: watched });
    expect(asked).toEqual([{ since: Date.UTC(2026, 9, 1), until: Date.UTC(2026, 10, 1, 10) }]);
  });
});

test('keeps columns where they are from one piece of a long list to the next', async () => {
  const ledger = new MemoryLedger({ now: () => Date.UTC(2026, 10, 1) });
  for (let i = 0; i < 1200; i += 1)
    ledger.put({
      address: { S: `pat${i}@x.example` },
      scope: { S: '*' },
      status: { S: 'allowed' },
      updatedAt: { S: new Date(Date.UTC(2026, 10, 1) - i).toISOString() },
      bucket: { S: '2026-11#0' },
    });
  const pieces: string[] = [];
  const stdout = { write: async (text: string) => void pieces.push(text) };
  await cli(['list', '--all'], { ledger, overrides: { stdout } });
  expect(pieces).toHaveLength(3);
  const rows = pieces.join('').trimEnd().split('\n');
  expect(rows).toHaveLength(1201);
  expect(new Set(rows.slice(1, 501).map((row) => row.indexOf('allowed'))).size).toBe(1);
  expect(rows[1200]).toMatch(/^pat1199@x\.example {2}\* {6}allowed/);
});

test.each([
  [['--reason', 'because'], /There are complaint, hard-bounce, .*soft-bounce/],
  [['--reason', 'not-spam'], /There are complaint/],
  [['--scope', 'a b'], /A scope is \*, a stream such as newsletter, or tenant:NAME/],
  [['--status', 'watched'], /suppressed, allowed/],
  [['--since', 'yesterday'], /Give a day such as/],
  [['--until', '2026-02-30'], /Give a day such as/],
  [['--since', '2026-11-02', '--until', '2026-11-02'], /--until is not after --since/],
  [['--after', 'abc'], /Give the cursor/],
  [
    ['--after', cursorOf({ updatedAt: '2026-11-02', address: addressOf('a@x.example'), scope: '*' })],
    /Give the cursor/,
  ],
  [['--all', '--limit', '5'], /cannot be used/],
])('rejects %j', async (args, words) => {
  const { exit, err } = await cli(['list', ...args]);
  expect([exit, err]).toEqual([2, expect.stringMatching(words)]);
});

test('a cursor is one word and comes back whole', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true }),
      fc.string({ minLength: 1 }),
      (date, scope) => {
        const place = { updatedAt: date.toISOString(), address: addressOf('pat@x.example'), scope };
        expect(cursorOf(place)).toMatch(/^[\w-]+$/);
        expect(placeOf(cursorOf(place))).toEqual(place);
      },
    ),
  );
});

test('says kindly that the list is empty, and nothing in JSON', async () => {
  expect(await cli(['list'])).toMatchObject({
    exit: 0,
    out: 'The list is empty: nothing in Suppressions is suppressed or allowed.\n',
  });
  expect(await cli(['list', '--json'])).toMatchObject({ exit: 0, out: '', err: '' });
});

test('shows nothing in a terminal that could move its cursor or hide', async () => {
  const ledger = new MemoryLedger({ now: () => Date.UTC(2026, 10, 1) });
  ledger.put({
    address: { S: 'evil\u001b[2J\u202e@x.example' },
    scope: { S: '*' },
    status: { S: 'allowed' },
    bucket: { S: '2026-11#0' },
  });
  const { out } = await cli(['list'], { ledger });
  expect(out).toContain('evil [2J@x.example');
});

test.each(['0', '-1', '1.5', 'many', '', '1e3'])('rejects the limit %j', async (limit) => {
  const { exit, err } = await cli(['list', '--limit', limit]);
  expect(exit).toBe(2);
  expect(err).toMatch(/^Usage: /);
});

test('fails with a remedy when the index is missing', async () => {
  const ledger = new MemoryLedger();
  ledger.recent = async function* () {
    yield* [];
    throw Object.assign(new Error('The table does not have the specified index: recent'), {
      name: 'ValidationException',
    });
  };
  const { exit, err } = await cli(['list', '--table', 'Other'], { ledger });
  expect(exit).toBe(1);
  expect(err).toMatch(/^NotASuppressionTable: The table does not have the specified index: recent\n/);
});

test('hands the options of the deployment on', async () => {
  const { target } = await cli(['list', '--table', 'Mine', '--region', 'eu-central-1']);
  expect(target).toMatchObject({ table: 'Mine', region: 'eu-central-1' });
  expect((await cli(['list', '--stack', 'Two'])).target).toMatchObject({ stack: 'Two' });
});

test('is as old as the newest change, not as the newest reason', async () => {
  const ledger = await ledgerThatLearnt([bounce({ to: 'a@x.example' })], Date.UTC(2026, 10, 19));
  expect(lines((await cli(['list', '--json'], { ledger })).out)[0]?.updatedAt).toBe(
    new Date(Date.UTC(2026, 10, 20) - DAY).toISOString(),
  );
});
