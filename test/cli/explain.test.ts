import { MemoryLedger } from '../../adapters/memory-ledger.ts';
import { DEFAULT_POLICY } from '../../core/contract/index.ts';
import { type Entry, emptyEntry, type OperatorDecision } from '../../core/entry/entry.ts';
import { add } from '../../core/ledger/add.ts';
import { forget } from '../../core/ledger/forget.ts';
import { learn } from '../../core/ledger/learn.ts';
import { remove } from '../../core/ledger/remove.ts';
import { addressOf } from '../adapters/samples.ts';
import { cli, ledgerThatLearnt, lines } from './harness.ts';
import { bounce, complaint, delivery, softBounces } from './messages.ts';

const explain = async (ledger: MemoryLedger, ...args: string[]) =>
  (await cli(['explain', 'pat@target.example', ...args], { ledger })).out;

const patEverywhere = () => ({ address: addressOf('pat@target.example'), scope: '*' });

/** Adds what an operator decided to a list. */
const decide = async (ledger: MemoryLedger, facts: Partial<Entry>, scope = '*') => {
  await learn(ledger, [{ ...emptyEntry({ ...patEverywhere(), scope }), ...facts }], DEFAULT_POLICY);
};

const operator = (action: OperatorDecision['action']): OperatorDecision => ({
  action,
  at: Date.UTC(2026, 10, 12),
  by: 'sam',
  note: 'asked by phone',
});

test('says why, by which rule and source, what the server said, and what would lift it', async () => {
  const { exit, out, err } = await cli(['explain', 'Pat@target.example'], {
    ledger: await ledgerThatLearnt([bounce()]),
  });
  expect(out.split('\n')).toEqual([
    'pat@target.example is suppressed everywhere: hard-bounce, since 2026-11-10 08:00 UTC, without end.',
    '',
    'Evidence',
    '  2026-11-10 08:00 UTC  hard-bounce: the address was refused for good',
    '    in force',
    '    Bounce Permanent/General, status 5.1.1, message m-1',
    '    the server said: smtp; 550 5.1.1 user unknown',
    '    source: Amazon SES Developer Guide, Contents of notifications, bounce types',
    '',
    'What would lift it',
    '  hard-bounce: nothing but an operator who removes it, once the address is known to work again',
    '',
  ]);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
});

test('counts strikes and names the next step', async () => {
  const two = await explain(await ledgerThatLearnt(softBounces(2)));
  expect(two).toContain('pat@target.example is not suppressed (scope *)');
  expect(two).toContain('  2 strike days within 90 days\n  next step: 1 more strike day and it is held for 7 days\n');
  const four = await explain(await ledgerThatLearnt(softBounces(4)));
  expect(four).toContain(
    'is suppressed everywhere: soft-bounce, since 2026-11-12 08:00 UTC, until 2026-11-29 08:00 UTC.',
  );
  expect(four).toContain('next step: 1 more strike day and it is held for 30 days');
  expect(four).toContain(
    'soft-bounce: it ends by itself 2026-11-29 08:00 UTC; before that a newer mail that is delivered',
  );
  const six = await explain(await ledgerThatLearnt(softBounces(6)));
  expect(six).toContain('there is no further step');
});

test('knows that everything of the mailbox simulator lasts an hour', async () => {
  const to = 'ooto@simulator.amazonses.com';
  const ledger = await ledgerThatLearnt(softBounces(2, undefined, to));
  expect((await cli(['explain', to], { ledger })).out).toContain('1 more strike day and it is held for 1 hour');
});

test('tells deliveries that reset from those whose mail bounced afterwards', async () => {
  const strikes = softBounces(2);
  const reset = await explain(
    await ledgerThatLearnt([...strikes, delivery({ at: '2026-11-14T20:00:00.000Z', id: 'd-1' })]),
  );
  expect(reset).toContain('no longer counts: a mail was delivered 2026-11-14 20:00 UTC');
  expect(reset).toContain('counts as a strike');
  expect(reset).toContain('delivered 2026-11-14 20:00 UTC: older strikes do not count');
  const bounced = await explain(
    await ledgerThatLearnt([...strikes, delivery({ at: '2026-11-15T08:00:00.000Z', id: 'soft-1' })]),
  );
  expect(bounced).toContain('resets nothing because that mail bounced afterwards');
  expect(bounced).toContain('2 strike days');
});

test('says that a strike is too old to count', async () => {
  const ledger = await ledgerThatLearnt([...softBounces(1, Date.UTC(2026, 5, 1)), ...softBounces(1)]);
  expect(await explain(ledger)).toContain('no longer counts: older than 90 days before the newest strike');
});

test('says when a hold has ended', async () => {
  const out = await explain(
    await ledgerThatLearnt([bounce({ subType: 'Suppressed', at: '2026-11-01T00:00:00.000Z' })]),
  );
  expect(out).toContain('is no longer suppressed (scope *): the hold for global-list ended 2026-11-15 00:00 UTC.');
  expect(out).toContain('was in force; ended 2026-11-15 00:00 UTC');
  expect(out).not.toContain('What would lift it');
});

test('says what a not-spam report lifted', async () => {
  const out = await explain(
    await ledgerThatLearnt([
      complaint(),
      complaint({ at: '2026-11-11T08:00:00.000Z', id: 'm-2', feedbackType: 'not-spam' }),
    ]),
  );
  expect(out).toContain('void: not-spam came 2026-11-11 08:00 UTC');
  expect(out).toContain('lifts an older complaint');
});

test('tells what operators decided', async () => {
  const added = new MemoryLedger();
  await decide(added, { operator: operator('add') });
  expect(await explain(added)).toContain('added by sam 2026-11-12 00:00 UTC: asked by phone');
  expect(await explain(added)).toContain('manual: the operator who added it, or another one, removes it');

  const removed = await ledgerThatLearnt([bounce()]);
  await decide(removed, { clearedAt: Date.UTC(2026, 10, 12), operator: operator('remove') });
  expect(await explain(removed)).toContain('void: an operator removed it 2026-11-12 00:00 UTC');
  expect(await explain(removed)).toContain('cleared 2026-11-12 00:00 UTC: everything up to then is void');

  const allowed = await ledgerThatLearnt([bounce()]);
  await decide(allowed, { operator: operator('allow'), forgottenAt: Date.UTC(2026, 10, 11) });
  const out = await explain(allowed);
  expect(out).toContain('is allowed (scope *) by an operator, since 2026-11-12 00:00 UTC.');
  expect(out).toContain('outranked: an operator allows this address');
  expect(out).toContain('texts up to 2026-11-11 00:00 UTC are forgotten');
  expect(out).not.toContain('the server said');
});

test('is friendly about an address it knows nothing of', async () => {
  const { exit, out } = await cli(['explain', 'new@x.example']);
  expect(out).toMatch(/^The list knows nothing of new@x\.example in any scope: it may be mailed\.\n/);
  expect(exit).toBe(0);
});

test('reads every scope the address is in, or the stream or the scopes that are named', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  await decide(ledger, { operator: operator('add') }, 'news');
  await decide(ledger, { operator: operator('add') }, 'tenant:acme');
  const scopes = async (...args: string[]) => lines(await explain(ledger, '--json', ...args)).map(({ scope }) => scope);
  expect(await scopes()).toEqual(['*', 'news', 'tenant:acme']);
  expect(await scopes('--stream', 'news')).toEqual(['*', 'news']);
  expect(await scopes('--scope', 'news', '--scope', 'tenant:acme')).toEqual(['news', 'tenant:acme']);
  expect(await explain(ledger, '--scope', 'tenant:acme')).toContain('is suppressed for the tenant acme: manual');
});

test('prints the attributes of the table as JSON, times in ISO 8601', async () => {
  const ledger = await ledgerThatLearnt([...softBounces(1), delivery({ at: '2026-11-14T20:00:00.000Z', id: 'd-1' })]);
  expect(lines(await explain(ledger, '--json'))).toEqual([
    {
      address: 'pat@target.example',
      scope: '*',
      status: 'watched',
      reason: null,
      since: null,
      until: null,
      evidence: [
        {
          id: 'f-soft-0#pat@target.example',
          at: '2026-11-15T08:00:00.000Z',
          rule: 'soft-bounce',
          reason: 'soft-bounce',
          type: 'Bounce',
          subtype: 'Transient/MailboxFull',
          status: '4.2.2',
          messageId: 'soft-0',
          diagnostic: 'smtp; 452 4.2.2 mailbox full',
        },
      ],
      deliveries: [{ at: '2026-11-14T20:00:00.000Z', messageId: 'd-1' }],
      clearedAt: null,
      forgottenAt: null,
      operator: null,
      updatedAt: '2026-11-20T12:00:00.000Z',
      expiresAt: '2027-05-14T08:00:00.000Z',
      version: expect.any(String),
    },
  ]);
  expect(lines(await explain(await ledgerThatLearnt([bounce()]), '--json'))).toMatchObject([{ expiresAt: null }]);
});

test('prints one line with nulls for an address it knows nothing of', async () => {
  expect(lines((await cli(['explain', 'new@x.example', '--json'])).out)).toEqual([
    expect.objectContaining({
      address: 'new@x.example',
      scope: '*',
      status: null,
      until: null,
      evidence: [],
      updatedAt: null,
      expiresAt: null,
      version: null,
    }),
  ]);
});

test("goes by the deployment's policy, unless another one is given", async () => {
  const policy = { ...DEFAULT_POLICY, globalListHoldDays: 3 };
  const ledger = new MemoryLedger();
  const about = {
    id: 'f-1',
    at: Date.UTC(2026, 10, 19),
    rule: 'global-list',
    reason: 'global-list',
    type: 'Bounce',
  } as const;
  await learn(ledger, [{ ...emptyEntry(patEverywhere()), evidence: [about] }], policy);
  const files = { 'default.json': '{}' };
  const ours = await cli(['explain', 'pat@target.example'], { ledger, policy });
  expect(ours.out).toContain('until 2026-11-22 00:00 UTC.');
  expect(ours.out).toContain('global-list: it ends by itself 2026-11-22 00:00 UTC');
  expect(ours.out).not.toContain('another policy');
  const other = await cli(['explain', 'pat@target.example', '--policy', 'default.json'], { ledger, policy, files });
  expect(other.out).toContain('global-list: it ends by itself 2026-12-03 00:00 UTC');
  expect(other.out).toContain('written under another policy');
});

test('tells a removal, a pin and what was forgotten, as the commands leave them', async () => {
  const decided = { by: 'sam', note: 'works again' };
  const now = Date.UTC(2026, 10, 12);
  const removed = await ledgerThatLearnt([bounce()]);
  await remove(removed, patEverywhere(), decided, DEFAULT_POLICY, now);
  const out = await explain(removed);
  expect(out).toContain('pat@target.example is not suppressed (scope *)');
  expect(out).toContain('removed by sam 2026-11-12 00:00 UTC: works again');
  expect(out).toContain('void: an operator removed it 2026-11-12 00:00 UTC');
  expect(out).not.toContain('What would lift it');

  const forgotten = await ledgerThatLearnt([bounce()]);
  await add(forgotten, patEverywhere(), decided, DEFAULT_POLICY, now);
  await forget(forgotten, patEverywhere(), DEFAULT_POLICY, now + 1);
  const rest = await explain(forgotten);
  expect(rest).toContain('is suppressed everywhere: hard-bounce');
  expect(rest).toContain('texts up to 2026-11-12 00:00 UTC are forgotten');
  expect(rest).toContain('  added 2026-11-12 00:00 UTC\n');
  for (const text of ['sam', 'works again', 'the server said', 'user unknown']) expect(rest).not.toContain(text);
  expect(JSON.stringify(lines(await explain(forgotten, '--json')))).not.toMatch(/sam|works again|user unknown/);
});

test('says so when the list was written under another policy', async () => {
  const ledger = await ledgerThatLearnt([bounce({ subType: 'Suppressed' })]);
  const files = { 'p.json': '{"globalListHoldDays":3}' };
  const other = await cli(['explain', 'pat@target.example', '--policy', 'p.json'], { ledger, files });
  expect(other.out).toContain('until 2026-11-24 08:00 UTC.');
  expect(other.out).toContain('written under another policy');
  expect(await explain(ledger)).not.toContain('another policy');
});

test('rejects what is no address, and scopes that cannot be', async () => {
  expect(await cli(['explain', 'x'])).toMatchObject({ exit: 2, err: expect.stringMatching(/^AddressSyntax: /) });
  expect((await cli(['explain', 'a@x.example', '--scope', 'a b'])).exit).toBe(2);
  expect((await cli(['explain', 'a@x.example', '--stream', '*'])).exit).toBe(2);
});

test('fails when an entry cannot be read, and says why', async () => {
  const ledger = new MemoryLedger();
  ledger.put({ address: { S: 'pat@target.example' }, scope: { S: '*' }, status: { S: 'suppressed' } });
  const { exit, out, err } = await cli(['explain', 'pat@target.example', '--json'], { ledger });
  expect({ exit, out }).toEqual({ exit: 1, out: '' });
  expect(err).toMatch(/^EntryUnreadable: .*another program wrote it/);
});
