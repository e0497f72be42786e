import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import type { AddressView } from '../../../console/api.ts';
import { addEntryRoutes } from '../../../console/server/routes/entry.ts';
import { DEFAULT_POLICY } from '../../../core/contract/index.ts';
import { keyText } from '../../../core/entry/entry.ts';
import { add } from '../../../core/ledger/add.ts';
import { allow } from '../../../core/ledger/allow.ts';
import { forget } from '../../../core/ledger/forget.ts';
import { remove } from '../../../core/ledger/remove.ts';
import { addressOf } from '../../adapters/samples.ts';
import { cli, type Given, ledgerThatLearnt, NOW, teach } from '../../cli/harness.ts';
import { bounce, complaint, delivery, softBounces } from '../../cli/messages.ts';
import { routes } from './ask.ts';

const PAT = 'pat@target.example';
const PAT_KEY = { address: addressOf(PAT), scope: '*' };
const SAID = { by: 'sam', note: 'asked by phone' };

const asked = (address: string, given: Given) =>
  routes([addEntryRoutes], given).get<AddressView>(`/entry?address=${encodeURIComponent(address)}`);

const viewOf = async (given: Given, address = PAT): Promise<AddressView> => {
  const { status, body, problem } = await asked(address, given);
  expect(problem).toBeUndefined();
  expect(status).toBe(200);
  return body;
};

/** The lines of `explain`, which say the same. */
const explained = async (ledger: MemoryLedger, address = PAT): Promise<string> =>
  (await cli(['explain', address], { ledger })).out;

test('tells a bounce whole: what SES said, what the rule is, what it is worth and what would lift it', async () => {
  const { address, simulator, entries, unreadable } = await viewOf({ ledger: await ledgerThatLearnt([bounce()]) });
  expect([address, simulator, unreadable]).toEqual([PAT, false, []]);
  expect(entries).toEqual([
    {
      scope: '*',
      status: 'suppressed',
      reason: 'hard-bounce',
      since: '2026-11-10T08:00:00.000Z',
      until: null,
      blocks: true,
      headline: 'pat@target.example is suppressed everywhere: hard-bounce, since 2026-11-10 08:00 UTC, without end.',
      evidence: [
        {
          id: 'f-m-1#pat@target.example',
          at: '2026-11-10T08:00:00.000Z',
          rule: 'hard-bounce',
          reason: 'hard-bounce',
          because: expect.stringMatching(/\w/),
          source: expect.stringMatching(/\w/),
          weight: 'in force',
          inForce: true,
          lifts: false,
          type: 'Bounce',
          subtype: 'Permanent/General',
          status: '5.1.1',
          messageId: 'm-1',
          diagnostic: 'smtp; 550 5.1.1 user unknown',
          reported: null,
        },
      ],
      deliveries: [],
      strikes: [],
      operator: null,
      clearedAt: null,
      forgottenAt: null,
      lifts: [
        {
          reason: 'hard-bounce',
          words: 'nothing but an operator who removes it, once the address is known to work again',
        },
      ],
      pinEnds: [],
      otherPolicy: false,
      updatedAt: '2026-11-20T12:00:00.000Z',
      expiresAt: null,
    },
  ]);
});

test('tells of strikes which count, what the next one brings, and deliveries', async () => {
  const ledger = await ledgerThatLearnt([...softBounces(2), delivery({ at: '2026-11-16T08:00:00Z', id: 'd' })]);
  await teach(
    ledger,
    softBounces(3, Date.UTC(2026, 10, 19, 8)).map((each, i) => ({
      ...each,
      mail: { ...each.mail, messageId: `again-${i}` },
    })),
  );
  const [entry] = (await viewOf({ ledger })).entries;
  const text = await explained(ledger);
  expect(entry?.deliveries).toEqual([
    { at: '2026-11-16T08:00:00.000Z', messageId: 'd', meaning: 'older strikes do not count' },
  ]);
  expect(entry?.strikes).toHaveLength(2);
  for (const line of entry?.strikes ?? []) expect(text).toContain(line);
  const weights = entry?.evidence.map(({ weight, inForce }) => [weight, inForce]) ?? [];
  expect(new Set(weights.map(([weight]) => weight))).toEqual(
    new Set(['no longer counts: a mail was delivered 2026-11-16 08:00 UTC', 'counts as a strike']),
  );
  expect(weights.map(([, inForce]) => inForce)).toEqual([false, false, true, true, true]);
});

test('says of a report that mail is no spam that it lifts, and of the complaint before it that it is void', async () => {
  const ledger = await ledgerThatLearnt([complaint()]);
  await teach(ledger, [complaint({ id: 'm-2', at: '2026-11-12T08:00:00.000Z', feedbackType: 'not-spam' })]);
  const [entry] = (await viewOf({ ledger })).entries;
  expect(entry?.evidence.map(({ reason, inForce, lifts }) => [reason, inForce, lifts])).toEqual([
    ['complaint', false, false],
    ['not-spam', false, true],
  ]);
});

test('every scope has its own entry, and an operator is named with the note', async () => {
  const ledger = await ledgerThatLearnt([complaint()]);
  await add(ledger, { ...PAT_KEY, scope: 'newsletter' }, SAID, DEFAULT_POLICY, NOW);
  await allow(ledger, { ...PAT_KEY, scope: 'receipts' }, SAID, DEFAULT_POLICY, NOW);
  const { entries } = await viewOf({ ledger }, 'Pat <PAT@target.example>');
  expect(entries.map(({ scope, status, blocks }) => [scope, status, blocks])).toEqual([
    ['*', 'suppressed', true],
    ['newsletter', 'suppressed', true],
    ['receipts', 'allowed', false],
  ]);
  expect(entries[1]?.operator).toEqual({ action: 'add', at: '2026-11-20T12:00:00.000Z', ...SAID });
  expect(entries[2]?.pinEnds).toEqual([expect.stringContaining('a complaint or an unsubscribe')]);
  const text = await explained(ledger);
  for (const { headline } of entries) expect(text).toContain(headline);
});

test('what was removed and forgotten is void and has no text', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  await remove(ledger, PAT_KEY, SAID, DEFAULT_POLICY, NOW);
  await forget(ledger, PAT_KEY, DEFAULT_POLICY, NOW);
  const [entry] = (await viewOf({ ledger })).entries;
  expect(entry).toMatchObject({
    status: 'watched',
    blocks: false,
    lifts: [],
    clearedAt: '2026-11-20T12:00:00.000Z',
    forgottenAt: '2026-11-20T12:00:00.000Z',
    operator: { action: 'remove', by: '', note: '' },
    evidence: [
      { weight: 'void: an operator removed it 2026-11-20 12:00 UTC', inForce: false, diagnostic: null, reported: null },
    ],
  });
  expect(entry?.expiresAt).toMatch(/^2027-12-25/);
});

test('a hold that is over no longer blocks', async () => {
  const ledger = await ledgerThatLearnt(softBounces(3, Date.UTC(2026, 10, 5, 8)));
  const [entry] = (await viewOf({ ledger })).entries;
  expect(entry).toMatchObject({ status: 'suppressed', blocks: false, until: '2026-11-12T08:00:00.000Z', lifts: [] });
  expect(entry?.evidence.map(({ inForce }) => inForce)).toEqual([false, false, false]);
});

test('a hold that ends at this moment is over, and so is what caused it', async () => {
  const ledger = await ledgerThatLearnt(softBounces(3, Date.UTC(2026, 10, 13, 12)));
  const [entry] = (await viewOf({ ledger })).entries;
  expect([entry?.until, entry?.blocks]).toEqual(['2026-11-20T12:00:00.000Z', false]);
  expect(entry?.evidence.map(({ inForce }) => inForce)).toEqual([false, false, false]);
});

test('an entry of another policy says so', async () => {
  const ledger = await ledgerThatLearnt(softBounces(3));
  const policy = { ...DEFAULT_POLICY, softBounceSteps: [{ strikes: 3, holdDays: 20 }] };
  expect((await viewOf({ ledger, policy })).entries[0]?.otherPolicy).toBe(true);
});

test('an address that nobody knows has no entries; one of the simulator is marked', async () => {
  expect(await viewOf({}, 'bounce+1@simulator.amazonses.com')).toEqual({
    address: 'bounce+1@simulator.amazonses.com',
    simulator: true,
    entries: [],
    unreadable: [],
  });
});

test('an entry that cannot be read is told beside those that can', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  ledger.put({ address: { S: PAT }, scope: { S: 'newsletter' }, status: { S: 'suppressed' } });
  const { entries, unreadable } = await viewOf({ ledger });
  expect(entries.map(({ scope }) => scope)).toEqual(['*']);
  expect(unreadable).toEqual([{ scope: 'newsletter', problem: expect.objectContaining({ code: 'EntryUnreadable' }) }]);
});

test('an entry of which one cannot read what sends are told is none that can be read', async () => {
  const ledger = await ledgerThatLearnt([bounce()]);
  const fault = Object.assign(new Error('it is odd'), { name: 'EntryUnreadable' });
  const standings = async () => ({ found: new Map(), failed: new Map([[keyText(PAT_KEY), fault]]) });
  const { entries, unreadable } = await viewOf({ ledger: Object.assign(ledger, { standings }) });
  expect(entries).toEqual([]);
  expect(unreadable).toEqual([{ scope: '*', problem: expect.objectContaining({ code: 'EntryUnreadable' }) }]);
});

test('a table that does not answer is no empty answer', async () => {
  const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  const ledger = Object.assign(new MemoryLedger(), { scopesOf: () => Promise.reject(throttled) });
  expect(await asked(PAT, { ledger })).toMatchObject({ status: 502, problem: { code: 'AwsThrottled' } });
});

test.each([
  ['pat', 'AddressSyntax'],
  ['', 'AddressEmpty'],
  ['a@x.example, b@x.example', 'AddressNotOne'],
  [`${'a'.repeat(330)}@x.example`, 'InvalidRequest'],
])('refuses %j', async (address, code) => {
  expect(await asked(address, {})).toMatchObject({ status: 400, problem: { code } });
});
