import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { cli, ledgerThatLearnt, lines } from './harness.ts';
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

test('stops at the limit, and says that there is more', async () => {
  const ledger = await ledgerThatLearnt([bounce(), complaint({ to: 'b@x.example' }), complaint({ to: 'c@x.example' })]);
  expect(lines((await cli(['list', '--limit', '2', '--json'], { ledger })).out)).toHaveLength(2);
  expect((await cli(['list', '--limit', '2'], { ledger })).out).toContain('The newest 2; --limit shows more.');
  expect((await cli(['list', '--limit', '3'], { ledger })).out).not.toContain('--limit');
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
